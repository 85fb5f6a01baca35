using Npgsql;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Migrations;
using Pipeline.Postgres.Migrations.Files;
using Pipeline.Testing;

namespace Shop.Tests.Parts;

/// <summary>The migrations that lie beside the shop, applied by the pipeline's own runner.</summary>
internal static class ShopMigrations
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, MigrationFiles.Folder);

    public static IReadOnlyList<string> Ids { get; } = [.. MigrationFiles.Read(Folder).Select(migration => migration.Id)];

    public static Task ApplyAsync(string connectionString) => ApplyAsync(connectionString, Ids.Count);

    /// <summary>Applies the first migrations only, as a release does that has no more of them.</summary>
    public static async Task ApplyAsync(string connectionString, int count)
    {
        using var application = new TemporaryDirectory();
        Directory.CreateDirectory(application.Combine(MigrationFiles.Folder));
        foreach (var id in Ids.Take(count))
            File.Copy(Path.Combine(Folder, $"{id}.sql"), application.Combine(MigrationFiles.Folder, $"{id}.sql"));
        var release = new Release(
            Digest.Parse($"sha256:{new string('0', 64)}"), "1.0.0", "0123abc", MigrationFiles.Read(application.Combine(MigrationFiles.Folder)));
        await using var database = NpgsqlDataSource.Create(connectionString);
        var runner = new MigrationRunner(database, new Unpacked(application.Path), TimeProvider.System, new Silence(), new MigrationSettings());
        await runner.ApplyAsync(release, new FencingToken(1), CancellationToken.None);
    }

    private sealed class Unpacked(string folder) : IApplicationFiles
    {
        public Task<ApplicationFiles> UnpackAsync(Digest digest, CancellationToken cancellation) =>
            Task.FromResult(new ApplicationFiles(folder, [], new Dictionary<string, string>(), folder));
    }

    private sealed class Silence : IDeliveryLog
    {
        public void Information(string message)
        {
        }

        public void Warning(string message)
        {
        }
    }
}
