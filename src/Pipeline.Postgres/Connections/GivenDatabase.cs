using Npgsql;
using Pipeline.Delivery;
using Pipeline.Postgres.Embedded.Binaries;

namespace Pipeline.Postgres.Connections;

/// <summary>
/// A database on a server that somebody else runs, named by <c>DATABASE_URL</c> or <c>PIPELINE_LEDGER</c>. It is never started, stopped or deleted from here.
/// </summary>
/// <param name="name">What holds the address, for messages: <c>PIPELINE_LEDGER</c>.</param>
/// <param name="url">The address, see <see cref="PostgresUrl"/>.</param>
/// <exception cref="DeliveryException">The address has faults.</exception>
public sealed class GivenDatabase(string name, string url) : IDatabaseServer
{
    private readonly PostgresServer server = PostgresUrl.Parse(name, url);

    /// <inheritdoc />
    public DatabaseLife Life => DatabaseLife.Kept;

    /// <inheritdoc />
    public async Task<PostgresServer> EnsureRunningAsync(CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        var faults = new PostgresFaults(name, source);
        var version = await faults.GuardAsync("connecting", async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return connection.PostgreSqlVersion;
        });
        if (version.Major < PostgresBinaries.OldestMajor)
            throw new DeliveryException($"{name}: {server} is PostgreSQL {version}, older than {PostgresBinaries.OldestMajor}; upgrade it or name another server");
        return server;
    }

    /// <inheritdoc />
    public async Task<PostgresServer?> ObserveAsync(CancellationToken cancellation) =>
        await ServerProbe.AnswersAsync(server, cancellation) ? server : null;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc />
    public Task DeleteAsync(CancellationToken cancellation) => Task.CompletedTask;
}
