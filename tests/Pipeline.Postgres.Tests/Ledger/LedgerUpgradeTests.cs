using Npgsql;
using Pipeline.Delivery;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Postgres.Ledger;
using Pipeline.Postgres.Locks;
using Pipeline.Testing.Postgres;

namespace Pipeline.Postgres.Tests.Ledger;

public sealed class LedgerUpgradeTests(TestServer server) : IAsyncLifetime
{
    private NpgsqlDataSource source = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => source = NpgsqlDataSource.Create((await server.CreateDatabaseAsync()).ConnectionString);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    [Fact]
    public async Task A_ledger_of_the_first_version_keeps_its_history_and_learns_to_fence()
    {
        await RunAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Ledger", "Assets", "ledger-version-1.sql"), Cancellation));
        var ledger = new PostgresLedger(source, TimeProvider.System);

        var history = await ledger.ReadHistoryAsync("production", 10, Cancellation);

        Assert.Equal([3L, 1L], history.Select(record => record.Id));
        Assert.Equal([(DeploymentOutcome?)null, DeploymentOutcome.RolledBack], history.Select(record => record.Outcome));
        Assert.Equal(["0001_start", "0002_end"], history[1].Release.Migrations.Select(migration => migration.Id));
        Assert.Equal(["migrate started", "migrate finished", "switch failed"], history[1].Steps.Select(step => $"{step.Step} {step.Phase.ToString().ToLowerInvariant()}"));
        Assert.Equal("5 of 5", Assert.Single(await ledger.ReadRehearsalsAsync(history[0].Release.Digest, Cancellation)).Detail);
        await Assert.ThrowsAsync<DeliveryException>(() => ledger.FinishAsync(3, DeploymentOutcome.Undone, null, new FencingToken(11), Cancellation));
        await ledger.FinishAsync(3, DeploymentOutcome.Undone, null, new FencingToken(12), Cancellation);
        await using var lease = await new PostgresDeploymentLock(source, TimeProvider.System).AcquireAsync("production", "ada", Cancellation);
        Assert.True(lease.Token.Value > 12);
        Assert.Equal(4, (await ledger.BeginAsync(Samples.Request(Samples.Release('f')), Colour.Blue, lease.Token, Cancellation)).Id);
    }

    [Fact]
    public async Task A_ledger_of_an_unknown_newer_version_is_refused()
    {
        await new LedgerSchema(source, TimeProvider.System).EnsureAsync(Cancellation);
        await RunAsync("insert into pipeline_ledger.schema_versions values (999, '0999_future.sql', now())");
        var builder = new NpgsqlConnectionStringBuilder(source.ConnectionString);

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => new PostgresLedger(source, TimeProvider.System).FindUnfinishedAsync("production", Cancellation));

        Assert.Equal(
            $"ledger 127.0.0.1:{builder.Port}/{builder.Database}: its schema has version 999, made by a newer Pipeline; this one knows versions up to {LedgerSchema.Scripts[^1].Version}; use the newer one",
            refusal.Message);
    }

    [Fact]
    public async Task Runs_that_start_together_on_an_empty_database_make_one_ledger()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => new PostgresLedger(source, TimeProvider.System).FindUnfinishedAsync("production", Cancellation)));

        await using var command = source.CreateCommand("select count(*) from pipeline_ledger.schema_versions");
        Assert.Equal((long)LedgerSchema.Scripts.Count, await command.ExecuteScalarAsync(Cancellation));
    }

    private async Task RunAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
