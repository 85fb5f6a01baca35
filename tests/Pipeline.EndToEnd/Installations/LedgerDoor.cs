using Npgsql;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Embedded;
using Pipeline.Postgres.Ledger;

namespace Pipeline.EndToEnd.Installations;

/// <summary>The ledger of an installation, as an operator with psql has it.</summary>
public sealed class LedgerDoor : IAsyncDisposable
{
    private const long Key = 20_261_120;
    private static readonly string Waiting = $"from pg_locks where locktype = 'advisory' and not granted and objid = {Key}";
    private readonly NpgsqlDataSource source;
    private NpgsqlConnection? holder;

    private LedgerDoor(PostgresServer server)
    {
        source = NpgsqlDataSource.Create(server.ConnectionString);
        Url = server.Url;
    }

    /// <summary>Where it is, for another installation that shares it.</summary>
    public string Url { get; }

    public PostgresLedger Ledger => new(source, TimeProvider.System);

    public static async Task<LedgerDoor> OpenAsync(Installation installation, CancellationToken cancellation)
    {
        var server = new EmbeddedPostgres(Path.Combine(installation.Home, "ledger", "postgres"), installation.Supervisors(), TimeProvider.System, new() { Database = "ledger" });
        return new(await server.EnsureRunningAsync(cancellation));
    }

    /// <summary>Says of a release that its tests passed, which the pipeline says of those that it built itself.</summary>
    public Task SayTestedAsync(Release release, CancellationToken cancellation) => SayAsync(release, "build", "test", cancellation);

    /// <summary>Says of a release that its rehearsal on staging passed, for tests of what comes after it.</summary>
    public Task SayRehearsedAsync(Release release, CancellationToken cancellation) => SayAsync(release, "staging", "smoke", cancellation);

    /// <summary>Makes the ledger hang, after it has taken everything before, when a moment of a step is about to be recorded.</summary>
    public Task HangAtAsync(string step, string phase, CancellationToken cancellation) =>
        HangAsync("deployment_steps", $"when (new.step = '{step}' and new.phase = '{phase}')", cancellation);

    /// <summary>Makes the ledger hang when a deployment is about to be recorded for the first time.</summary>
    public Task HangAtBeginningAsync(CancellationToken cancellation) => HangAsync("deployments", "", cancellation);

    /// <summary>Makes the ledger hang when the outcome of a deployment is about to be recorded.</summary>
    public Task HangAtOutcomeAsync(CancellationToken cancellation) => HangAsync("deployment_outcomes", "", cancellation);

    /// <summary>Waits until a run hangs where it was told to; fails when it ends before.</summary>
    public async Task AwaitHangAsync(BuildRun run, CancellationToken cancellation)
    {
        await Eventually.HoldsAsync(async () => run.HasEnded || await HangsAsync(cancellation), "the run hangs at its moment", TimeSpan.FromMinutes(3));
        Assert.False(run.HasEnded, run.Everything);
    }

    /// <summary>Lets those who hang go on as if nothing had been.</summary>
    public async Task LetThroughAsync(CancellationToken cancellation)
    {
        await UnlockAsync();
        await DropAsync(cancellation);
    }

    /// <summary>Ends the sessions that hang, with what they were about to record, and hangs nobody any more.</summary>
    public async Task LetGoAsync(CancellationToken cancellation)
    {
        await ExecuteAsync($"select pg_terminate_backend(pid) {Waiting}", cancellation);
        await LetThroughAsync(cancellation);
    }

    public async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await HangsAsync(cancellation);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    public Task<IReadOnlyList<DeploymentRecord>> HistoryAsync(string environment, CancellationToken cancellation) =>
        Ledger.ReadHistoryAsync(environment, 100, cancellation);

    /// <summary>Every row of every table, as text.</summary>
    public async Task<IReadOnlyList<string>> ReadRowsAsync(CancellationToken cancellation)
    {
        List<string> rows = [];
        foreach (var table in await ColumnAsync("select quote_ident(table_name) from information_schema.tables where table_schema = 'pipeline_ledger'", cancellation))
            rows.AddRange(await ColumnAsync($"select each::text from pipeline_ledger.{table} each", cancellation));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await UnlockAsync();
        await source.DisposeAsync();
    }

    private async Task SayAsync(Release release, string environment, string check, CancellationToken cancellation) => await Ledger.RecordRehearsalAsync(
        release, new(release.Digest, environment, check, Passed: true, TimeProvider.System.GetUtcNow(), "end-to-end tests", "a variant of a release that passed"), cancellation);

    private async Task HangAsync(string table, string when, CancellationToken cancellation)
    {
        holder = await source.OpenConnectionAsync(cancellation);
        await using (var taking = new NpgsqlCommand($"select pg_advisory_lock({Key})", holder))
            await taking.ExecuteNonQueryAsync(cancellation);
        await ExecuteAsync(
            $"""
            create or replace function pipeline_ledger.hang() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared({Key}); return new; end $$;
            create trigger hang before insert on pipeline_ledger.{table} for each row {when} execute function pipeline_ledger.hang();
            """,
            cancellation);
    }

    private async Task<bool> HangsAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand($"select count(*) {Waiting}");
        return (long)(await command.ExecuteScalarAsync(cancellation))! > 0;
    }

    private async Task<List<string>> ColumnAsync(string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> values = [];
        while (await reader.ReadAsync(cancellation))
            values.Add(reader.GetString(0));
        return values;
    }

    private async Task UnlockAsync()
    {
        if (holder is null)
            return;
        try
        {
            await using var unlocking = new NpgsqlCommand("select pg_advisory_unlock_all()", holder);
            await unlocking.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // The ledger was killed, and the lock with it.
        }
        await holder.DisposeAsync();
        holder = null;
    }

    private Task DropAsync(CancellationToken cancellation) => ExecuteAsync("drop function if exists pipeline_ledger.hang() cascade", cancellation);

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
