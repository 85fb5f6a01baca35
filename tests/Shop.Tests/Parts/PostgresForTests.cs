using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Pipeline.Testing;

namespace Shop.Tests.Parts;

/// <summary>A real PostgreSQL server of its own, which a test may kill.</summary>
internal sealed class PostgresForTests : IAsyncDisposable
{
    private const string Template = "shop_template";
    private readonly TemporaryDirectory folder = new();
    private readonly int port = LoopbackPort.Free();
    private readonly SemaphoreSlim creating = new(1);
    private Process? server;
    private int databases;

    private string Data => folder.Combine("data");

    public static async Task<PostgresForTests> StartAsync()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the tests start PostgreSQL as Unix does");
        var postgres = new PostgresForTests();
        ServerPrograms.GiveAway(postgres.folder.Path);
        using var initdb = Process.Start(ServerPrograms.Command(
            ServerPrograms.Find("initdb"), "-D", postgres.Data, "-U", "shop", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"))!;
        var errors = initdb.StandardError.ReadToEndAsync();
        await initdb.StandardOutput.ReadToEndAsync();
        await initdb.WaitForExitAsync();
        Assert.True(initdb.ExitCode == 0, await errors);
        await postgres.StartServerAsync();
        await postgres.RunAsync("postgres", $"CREATE DATABASE {Template}");
        await ShopMigrations.ApplyAsync(postgres.ConnectionString(Template));
        return postgres;
    }

    /// <summary>A database with all migrations; none is left open that would hinder copying.</summary>
    public async Task<string> CreateDatabaseAsync() => await CreateAsync($"TEMPLATE {Template}");

    /// <summary>A database with nothing in it.</summary>
    public async Task<string> CreateEmptyDatabaseAsync() => await CreateAsync("");

    public string Url(string database) => $"postgres://shop:secret@127.0.0.1:{port}/{database}";

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Username=shop;Database={database};Pooling=false";

    public async Task RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> AskAsync<T>(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task KillAsync()
    {
        Signal.Send(server!.Id, Signal.Kill);
        await server.WaitForExitAsync();
    }

    public async Task StartServerAsync() => await Eventually.HoldsAsync(TryStartAsync, "PostgreSQL lets somebody in");

    public async ValueTask DisposeAsync()
    {
        if (server is { HasExited: false })
        {
            Signal.Send(server.Id, Signal.Quit);
            await server.WaitForExitAsync();
        }
        server?.Dispose();
        creating.Dispose();
        folder.Dispose();
    }

    // After a kill the last children of the old server may hold the data for a moment.
    private async Task<bool> TryStartAsync()
    {
        if (server is null or { HasExited: true })
        {
            server?.Dispose();
            server = Process.Start(ServerPrograms.Command(
                ServerPrograms.Find("postgres"), "-D", Data, "-p", port.ToString(CultureInfo.InvariantCulture), "-k", "",
                "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200", "-c", "shared_buffers=32MB"))!;
            server.OutputDataReceived += (_, _) => { };
            server.ErrorDataReceived += (_, _) => { };
            server.BeginOutputReadLine();
            server.BeginErrorReadLine();
        }
        try
        {
            await RunAsync("postgres", "SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task<string> CreateAsync(string options)
    {
        var name = $"shop_{Interlocked.Increment(ref databases)}";
        await creating.WaitAsync();
        try
        {
            await RunAsync("postgres", $"CREATE DATABASE {name} {options}");
            return name;
        }
        finally
        {
            creating.Release();
        }
    }
}
