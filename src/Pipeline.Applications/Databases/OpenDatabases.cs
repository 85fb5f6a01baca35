using System.Collections.Concurrent;
using Npgsql;
using Pipeline.Postgres.Connections;

namespace Pipeline.Applications.Databases;

/// <summary>The databases that this run speaks with, each opened once: a rollback in a hurry does not wait for a new connection.</summary>
public sealed class OpenDatabases : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<NpgsqlDataSource>> sources = new();

    /// <summary>The database at an address.</summary>
    public NpgsqlDataSource Open(PostgresServer server) =>
        sources.GetOrAdd(server.ConnectionString, address => new(() => NpgsqlDataSource.Create(address))).Value;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var source in sources.Values)
            source.Value.Dispose();
    }
}
