using Pipeline.Applications.Stages;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Migrations;

namespace Pipeline.Applications.Databases;

/// <summary>Migrates the environment's database, whose address is known only once it runs.</summary>
public sealed class EnvironmentMigrator(
    string environment, IStageFoundation foundation, OpenDatabases databases, IApplicationFiles files, IDeliveryLog log, TimeProvider time) : IMigrator
{
    /// <inheritdoc />
    public async Task<MigrationStatus> ObserveAsync(Release release, CancellationToken cancellation) =>
        await (await RunnerAsync(cancellation)).ObserveAsync(release, cancellation);

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ApplyAsync(Release release, FencingToken token, CancellationToken cancellation) =>
        await (await RunnerAsync(cancellation)).ApplyAsync(release, token, cancellation);

    private async Task<MigrationRunner> RunnerAsync(CancellationToken cancellation) =>
        new(databases.Open(await foundation.DatabaseAsync(cancellation)), files, time, log, new() { Subject = $"database of {environment}" });
}
