using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Tests.World;

internal sealed class SimulatedDatabase(SimulatedWorld world) : IMigrator
{
    public List<Migration> Applied { get; } = [];

    public Task<MigrationStatus> ObserveAsync(Release release, CancellationToken cancellation) => Task.FromResult(new MigrationStatus(
        [.. release.Migrations.Except(Applied)], [.. Applied.Except(release.Migrations)], []));

    public async Task<IReadOnlyList<string>> ApplyAsync(Release release, FencingToken token, CancellationToken cancellation)
    {
        var pending = release.Migrations.Except(Applied).ToArray();
        foreach (var migration in pending)
            await world.EffectAsync(() => Applied.Add(migration));
        return [.. pending.Select(migration => migration.Id)];
    }
}
