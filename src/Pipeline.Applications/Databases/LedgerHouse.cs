using Npgsql;
using Pipeline.Configuration.Secrets;
using Pipeline.Delivery.Ports;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Embedded;
using Pipeline.Postgres.Embedded.Binaries;
using Pipeline.Postgres.Ledger;
using Pipeline.Supervision;

namespace Pipeline.Applications.Databases;

/// <summary>The ledger's database: an embedded server, or the one that PIPELINE_LEDGER names. Opened once a run.</summary>
public sealed class LedgerHouse(IDatabaseServer server, TimeProvider time) : IDisposable
{
    private const string Variable = "PIPELINE_LEDGER";
    private readonly SemaphoreSlim gate = new(1);
    private NpgsqlDataSource? source;

    /// <summary>The ledger that PIPELINE_LEDGER names, else a server of its own on this machine.</summary>
    /// <param name="paths">The folders of this clone.</param>
    /// <param name="supervisors">What watches over the server of its own.</param>
    /// <param name="secrets">Fetches the address from where it is kept.</param>
    /// <param name="time">The clock.</param>
    public static LedgerHouse Of(StatePaths paths, Func<ISupervisors> supervisors, SecretReader secrets, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(supervisors);
        var server = (IDatabaseServer?)NamedDatabase.Find(Variable, Variable, secrets) ?? new EmbeddedPostgres(
            Path.Combine(paths.Ledger, "postgres"), supervisors(), time, new() { Database = "ledger", Places = PostgresPlaces.OfThisMachine(Path.Combine(paths.Home, "postgres")) });
        return new(server, time) { Hide = secrets.Hide };
    }

    /// <summary>Takes secrets out of what is recorded; by default nothing is taken out.</summary>
    public Func<string, string> Hide { get; init; } = text => text;

    /// <summary>The server that it lives on.</summary>
    public IDatabaseServer Server => server;

    /// <summary>Whether nothing was ever recorded here.</summary>
    public bool WasNeverMade => server.Life == DatabaseLife.Absent;

    /// <summary>The database of the ledger, started when it is ours and does not run.</summary>
    public async Task<NpgsqlDataSource> OpenAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            return source ??= NpgsqlDataSource.Create((await server.EnsureRunningAsync(cancellation)).ConnectionString);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The ledger, started when it is ours and does not run.</summary>
    public async Task<ILedger> ReadAsync(CancellationToken cancellation) => new PostgresLedger(await OpenAsync(cancellation), time) { Hide = Hide };

    /// <summary>What listeners outside were told, in the same database.</summary>
    public async Task<ITellings> TellingsAsync(CancellationToken cancellation) => new PostgresTellings(await OpenAsync(cancellation), time) { Hide = Hide };

    /// <summary>The ledger when its database answers; null when it does not. Starts nothing.</summary>
    public async Task<ILedger?> FindAsync(CancellationToken cancellation) =>
        source is null && await server.ObserveAsync(cancellation) is null ? null : await ReadAsync(cancellation);

    /// <summary>Looks at the ledger. One that does not run is started for the look and stopped after it, so that looking leaves everything as it was.</summary>
    public async Task<T> LookAsync<T>(Func<ILedger, Task<T>> look, CancellationToken cancellation)
    {
        if (server.Life == DatabaseLife.Kept)
            return await look(await ReadAsync(cancellation));
        try
        {
            return await look(await ReadAsync(cancellation));
        }
        finally
        {
            if (source is not null)
                await source.DisposeAsync();
            source = null;
            await server.StopAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        source?.Dispose();
        gate.Dispose();
    }
}
