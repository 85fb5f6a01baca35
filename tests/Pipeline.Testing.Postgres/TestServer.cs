using System.Globalization;
using Npgsql;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Embedded;
using Pipeline.Postgres.Embedded.Binaries;
using Xunit;

namespace Pipeline.Testing.Postgres;

/// <summary>
/// One real PostgreSQL server for a whole test run, with an empty database for every test that asks. Use it as an assembly fixture:
/// <c>[assembly: AssemblyFixture(typeof(TestServer))]</c>, then take it in the constructor of the test class.
/// </summary>
public sealed class TestServer : IAsyncLifetime
{
    private readonly TemporaryDirectory folder = new();
    private readonly EmbeddedPostgres server;
    private PostgresServer? running;
    private int databases;

    public TestServer() => server = new EmbeddedPostgres(
        folder.Combine("server"), new ChildProcesses(), TimeProvider.System, new EmbeddedPostgresSettings { Places = PostgresPlaces.OfThisMachine(folder.Combine("packages")) });

    /// <summary>The superuser of the server, in its maintenance database.</summary>
    public PostgresServer Superuser => running! with { Database = "postgres", User = "pipeline_superuser", Password = File.ReadAllText(folder.Combine("server", "superuser.password")) };

    public async ValueTask InitializeAsync() => running = await server.EnsureRunningAsync(CancellationToken.None);

    /// <summary>An empty database that a role of its own owns, as an environment has it.</summary>
    public async Task<PostgresServer> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref databases)}");
        await using var source = NpgsqlDataSource.Create(Superuser.ConnectionString);
        foreach (var statement in new[] { $"create role {name} login password '{name}'", $"create database {name} owner {name} template template0" })
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
        return running! with { Database = name, User = name, Password = name };
    }

    /// <summary>Pools of a run that is over would keep connections to the server that stops now.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await server.DeleteAsync(CancellationToken.None);
        folder.Dispose();
    }
}
