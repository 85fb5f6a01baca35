using Npgsql;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Embedded;
using Pipeline.Postgres.Ledger;

namespace Pipeline.EndToEnd.Installations;

/// <summary>The ledger of an installation, as an operator with psql has it.</summary>
public sealed class LedgerDoor : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;

    private LedgerDoor(NpgsqlDataSource source) => this.source = source;

    public PostgresLedger Ledger => new(source, TimeProvider.System);

    public static async Task<LedgerDoor> OpenAsync(Installation installation, CancellationToken cancellation)
    {
        var server = new EmbeddedPostgres(Path.Combine(installation.Home, "ledger", "postgres"), installation.Supervisors(), TimeProvider.System, new() { Database = "ledger" });
        return new(NpgsqlDataSource.Create((await server.EnsureRunningAsync(cancellation)).ConnectionString));
    }

    /// <summary>Says of a release that its tests passed, which the pipeline says of those that it built itself.</summary>
    public async Task SayTestedAsync(Release release, CancellationToken cancellation) => await Ledger.RecordRehearsalAsync(
        release, new(release.Digest, "build", "test", Passed: true, TimeProvider.System.GetUtcNow(), "end-to-end tests", "a variant of a tested release"), cancellation);

    /// <summary>Makes the ledger hang, after it has taken everything before, when a moment of a step is about to be recorded.</summary>
    public async Task HangAtAsync(string step, string phase, CancellationToken cancellation)
    {
        await ExecuteAsync(
            $"""
            create or replace function pipeline_ledger.hang() returns trigger language plpgsql as $$ begin perform pg_sleep(120); return new; end $$;
            drop trigger if exists hang on pipeline_ledger.deployment_steps;
            create trigger hang before insert on pipeline_ledger.deployment_steps for each row when (new.step = '{step}' and new.phase = '{phase}') execute function pipeline_ledger.hang();
            """,
            cancellation);
    }

    /// <summary>Whether somebody hangs now.</summary>
    public async Task<bool> HangsAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("select count(*) from pg_stat_activity where wait_event = 'PgSleep'");
        return (long)(await command.ExecuteScalarAsync(cancellation))! > 0;
    }

    /// <summary>Ends the hanging, and the sessions that hang.</summary>
    public Task LetGoAsync(CancellationToken cancellation) => ExecuteAsync(
        """
        select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep';
        drop trigger if exists hang on pipeline_ledger.deployment_steps;
        """,
        cancellation);

    public Task<IReadOnlyList<DeploymentRecord>> HistoryAsync(string environment, CancellationToken cancellation) =>
        Ledger.ReadHistoryAsync(environment, 100, cancellation);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
