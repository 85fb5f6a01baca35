using System.Collections.Concurrent;
using Npgsql;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Migrations;
using Pipeline.Postgres.Migrations.Files;
using Pipeline.Testing;

namespace Pipeline.Postgres.Tests.Migrations;

/// <summary>A database, and releases whose files a test writes.</summary>
internal sealed class MigrationStage(PostgresServer database) : IApplicationFiles, IDeliveryLog, IAsyncDisposable
{
    private readonly TemporaryDirectory folder = new();
    private long token;

    public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(database.ConnectionString);

    public ConcurrentQueue<string> Said { get; } = new();

    public string Address => $"database {database}";

    public MigrationSettings Settings { get; set; } = new() { LockPause = TimeSpan.FromMilliseconds(20), LongestLockPause = TimeSpan.FromMilliseconds(100) };

    public string Files => folder.Combine("migrations");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public MigrationRunner Runner => new(Source, this, TimeProvider.System, this, Settings);

    /// <summary>Replaces the files by these.</summary>
    public Release Carry(params (string Name, string Text)[] files)
    {
        if (Directory.Exists(Files))
            Directory.Delete(Files, recursive: true);
        Directory.CreateDirectory(Files);
        foreach (var (name, text) in files)
            File.WriteAllText(Path.Combine(Files, name), text);
        return new Release(Digest.Parse("sha256:" + new string('a', 64)), "1.0.0", new string('c', 40), MigrationFiles.Read(Files));
    }

    public Task<IReadOnlyList<string>> ApplyAsync(Release release) => Runner.ApplyAsync(release, NextToken(), Cancellation);

    public Task<MigrationStatus> ObserveAsync(Release release) => Runner.ObserveAsync(release, Cancellation);

    public FencingToken NextToken() => new(Interlocked.Increment(ref token));

    public async Task<object?> AskAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    public Task<ApplicationFiles> UnpackAsync(Digest digest, CancellationToken cancellation) =>
        Task.FromResult(new ApplicationFiles(folder.Path, [], new Dictionary<string, string>(), folder.Path));

    public void Information(string message) => Said.Enqueue(message);

    public void Warning(string message) => Said.Enqueue(message);

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        folder.Dispose();
    }
}
