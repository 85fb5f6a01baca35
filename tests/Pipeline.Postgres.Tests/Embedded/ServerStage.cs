using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Embedded;
using Pipeline.Postgres.Embedded.Binaries;
using Pipeline.Supervision;
using Pipeline.Testing;

namespace Pipeline.Postgres.Tests.Embedded;

/// <summary>Folders for servers under the real supervisor; what runs in them ends with the test.</summary>
public sealed class ServerStage : IAsyncDisposable
{
    private readonly List<EmbeddedPostgres> servers = [];

    public TemporaryDirectory Folder { get; } = new();

    public Supervisors Supervisors { get; } = new(Path.Combine(AppContext.BaseDirectory, "Pipeline.Supervisor.dll"), TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string DirectoryOf(string name) => Folder.Combine(name, "postgres");

    public EmbeddedPostgres Server(string name, EmbeddedPostgresSettings? settings = null)
    {
        var server = new EmbeddedPostgres(DirectoryOf(name), Supervisors, TimeProvider.System, settings);
        servers.Add(server);
        return server;
    }

    public async Task<PostgresServer> StartWithDataAsync()
    {
        var server = await Server("one").EnsureRunningAsync(Cancellation);
        await AskAsync(server, "create table kept as select 42 as value");
        return server;
    }

    public static EmbeddedPostgresSettings Only(PostgresPlaces places) => new() { Places = places };

    public ProcessState Observe(string name) => Supervisors.Observe(Path.Combine(DirectoryOf(name), "server"))!;

    public string DataOf(string name) => Path.Combine(DirectoryOf(name), "cluster", "data");

    public PostgresServer Superuser(string name, PostgresServer server) =>
        server with { Database = "postgres", User = "pipeline_superuser", Password = File.ReadAllText(Path.Combine(DirectoryOf(name), "superuser.password")) };

    public static async Task<object?> AskAsync(PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, await process.StandardError.ReadToEndAsync(Cancellation));
    }

    public static Task KillAsync(int process) => RunAsync("kill", "-9", process.ToString(CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
            await server.DeleteAsync(CancellationToken.None);
        Folder.Dispose();
    }
}
