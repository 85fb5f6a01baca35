using Npgsql;
using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Telling;
using Pipeline.Postgres.Ledger;
using Pipeline.Testing.Postgres;

namespace Pipeline.Postgres.Tests.Ledger;

/// <summary>A ledger with a row in every table, whose owner tries to change the past.</summary>
public sealed class WrittenHistory(TestServer server) : IAsyncLifetime
{
    public NpgsqlDataSource Source { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Source = NpgsqlDataSource.Create((await server.CreateDatabaseAsync()).ConnectionString);
        var ledger = new PostgresLedger(Source, TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        var release = Samples.Release('a');
        var begun = await ledger.BeginAsync(Samples.Request(release) with { Listener = new("github.com/mia/shop", new("http://127.0.0.1")) }, Colour.Blue, new(1), CancellationToken.None);
        await ledger.RecordStepsAsync(begun.Id, [new("start", StepPhase.Started, now, null)], new(1), CancellationToken.None);
        await ledger.RecordGatesAsync(begun.Id, [new("gate", GateOutcome.Passed, "fine")], new(1), CancellationToken.None);
        await ledger.RecordApprovalAsync(begun.Id, new("mia", ApprovalMeans.Prompt, "why not", now), new(1), CancellationToken.None);
        await new PostgresTellings(Source, TimeProvider.System).RecordAsync(new(begun.Id, "github.com/mia/shop", DeploymentFact.Begun, 7, "mia", now), CancellationToken.None);
        await ledger.FinishAsync(begun.Id, DeploymentOutcome.Failed, "it burned", new(1), CancellationToken.None);
        await ledger.RecordRehearsalAsync(release, new(release.Digest, "staging", "smoke", Passed: false, now, "ada", "no"), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}

public sealed class HistoryTests(WrittenHistory history) : IClassFixture<WrittenHistory>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Tables { get; } =
        ["releases", "release_migrations", "deployments", "deployment_steps", "gate_verdicts", "deployment_outcomes", "rehearsals", "approvals", "listeners", "tellings"];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Not_even_the_owner_of_the_ledger_changes_or_removes_what_is_written(string table)
    {
        var column = await AskAsync($"select column_name from information_schema.columns where table_schema = 'pipeline_ledger' and table_name = '{table}' and column_name = any('{{version,id,step,gate,outcome,means,fact,url,by,check,environment}}') order by 1 limit 1");
        var rows = await AskAsync($"select count(*) from pipeline_ledger.{table}");

        foreach (var (verb, change) in new[]
        {
            ("UPDATE", $"update pipeline_ledger.{table} set \"{column}\" = default"),
            ("DELETE", $"delete from pipeline_ledger.{table}"),
            ("TRUNCATE", $"truncate pipeline_ledger.{table} cascade"),
        })
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => AskAsync(change));
            Assert.Equal("PL001", refusal.SqlState);
            Assert.Contains("history is only ever added to; record a new entry instead", refusal.MessageText, StringComparison.Ordinal);
            Assert.StartsWith(verb, refusal.MessageText, StringComparison.Ordinal);
        }

        Assert.NotEqual(0L, rows);
        Assert.Equal(rows, await AskAsync($"select count(*) from pipeline_ledger.{table}"));
    }

    [Fact]
    public async Task No_table_of_the_ledger_was_forgotten()
    {
        var known = Tables.Select(row => row.Data).Concat(["schema_versions", "fences", "deployment_locks"]).Order(StringComparer.Ordinal);

        Assert.Equal(string.Join(',', known), await AskAsync("select string_agg(tablename, ',' order by tablename collate \"C\") from pg_tables where schemaname = 'pipeline_ledger'"));
    }

    private async Task<object?> AskAsync(string sql)
    {
        await using var command = history.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
