using Pipeline.Applications.Delivering;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Locks;

namespace Pipeline.Applications.Operating;

/// <summary>Removes what an environment keeps of releases that nobody returns to. Nobody deploys there meanwhile.</summary>
/// <param name="house">The application.</param>
public sealed class ReleasePrune(IApplicationHouse house)
{
    private const int HistoryDepth = 200;

    /// <summary>Leaves the present release and some before it.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="keep">How many releases before the present one stay.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task RunAsync(string environment, int keep, CancellationToken cancellation)
    {
        var locks = new PostgresDeploymentLock(await house.Ledger.OpenAsync(cancellation), house.Time);
        await using var lease = await locks.AcquireAsync(environment, Actor.Present, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
        var removed = await house.Stage(environment).Engine.PruneAsync(await KeptAsync(environment, keep, stop.Token), stop.Token);
        foreach (var what in removed)
            house.Log.Information($"{environment}: removed {what}");
        house.Log.Information($"{environment}: {removed.Count} removed; the present release and up to {keep} before it stay");
    }

    // One that is being deployed, or whose deployment never ended, is as good as present.
    private async Task<IReadOnlySet<Digest>> KeptAsync(string environment, int keep, CancellationToken cancellation)
    {
        var history = await (await house.Ledger.ReadAsync(cancellation)).ReadHistoryAsync(environment, HistoryDepth, cancellation);
        var served = history.Where(deployment => deployment.Outcome == DeploymentOutcome.Succeeded).Select(deployment => deployment.Release.Digest).Distinct().Take(keep + 1);
        return history.Where(deployment => deployment.Outcome is null).Select(deployment => deployment.Release.Digest).Concat(served).ToHashSet();
    }
}
