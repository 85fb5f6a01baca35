using Npgsql;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Migrations;

namespace Build.Environments;

/// <summary>Migrates the environment's database, whose address is known only once it runs.</summary>
public sealed class ShopMigrator(string environment, ShopFoundation foundation, IApplicationFiles files, IDeliveryLog log, TimeProvider time) : IMigrator
{
    public async Task<MigrationStatus> ObserveAsync(Release release, CancellationToken cancellation)
    {
        await using var source = await OpenAsync(cancellation);
        return await Runner(source).ObserveAsync(release, cancellation);
    }

    public async Task<IReadOnlyList<string>> ApplyAsync(Release release, FencingToken token, CancellationToken cancellation)
    {
        await using var source = await OpenAsync(cancellation);
        return await Runner(source).ApplyAsync(release, token, cancellation);
    }

    private MigrationRunner Runner(NpgsqlDataSource source) => new(source, files, time, log, new() { Subject = $"database of {environment}" });

    private async Task<NpgsqlDataSource> OpenAsync(CancellationToken cancellation) =>
        NpgsqlDataSource.Create((await foundation.DatabaseAsync(cancellation)).ConnectionString);
}
