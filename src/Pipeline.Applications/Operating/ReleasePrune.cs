using Pipeline.Applications.Delivering;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Locks;
using Pipeline.Targets;

namespace Pipeline.Applications.Operating;

/// <summary>Removes what an environment keeps of releases that nobody returns to. Nobody deploys there meanwhile.</summary>
/// <param name="house">The application.</param>
public sealed class ReleasePrune(IApplicationHouse house)
{
    /// <summary>Leaves the present release and some before it, and tells what went.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="keep">How many releases that rollbacks return to, one after the other, stay beside the present one.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task RunAsync(string environment, int keep, CancellationToken cancellation)
    {
        var removed = await RemoveAsync(environment, keep, cancellation);
        house.Log.Information($"{environment}: {removed} removed; the present release and up to {keep} before it stay");
    }

    /// <summary>
    /// The same after a deployment, unless <c>--prune false</c> is said. What cannot be removed then fails nothing: the release serves.
    /// </summary>
    /// <param name="context">The target that deployed.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task TidyAsync(TargetContext context, string environment, CancellationToken cancellation)
    {
        if (!context.Get(DeliveryParameters.Prune))
            return;
        try
        {
            await RemoveAsync(environment, context.Get(DeliveryParameters.Keep), cancellation);
        }
        catch (DeliveryException fault)
        {
            house.Log.Warning($"{environment}: what no rollback needs stays on its hosts ({fault.Message}); --target Prune removes it");
        }
    }

    private async Task<int> RemoveAsync(string environment, int keep, CancellationToken cancellation)
    {
        var locks = new PostgresDeploymentLock(await house.Ledger.OpenAsync(cancellation), house.Time);
        await using var lease = await locks.AcquireAsync(environment, Actor.Present, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
        var removed = await house.Stage(environment).Engine.PruneAsync(await KeptAsync(environment, keep, stop.Token), stop.Token);
        foreach (var what in removed)
            house.Log.Information($"{environment}: removed {what}");
        return removed.Count;
    }

    // One that is being deployed, or whose deployment never ended, is as good as present.
    private async Task<IReadOnlySet<Digest>> KeptAsync(string environment, int keep, CancellationToken cancellation)
    {
        var ledger = await house.Ledger.ReadAsync(cancellation);
        var kept = (await ledger.ReadReleasesAsync(environment, cancellation)).Newest(keep);
        if (await ledger.FindUnfinishedAsync(environment, cancellation) is { } unfinished)
            kept = kept.Append(unfinished.Release.Digest).ToHashSet();
        if (kept.Count == 0)
            await RequireEmptyAsync(environment, cancellation);
        return kept;
    }

    // Whoever has another ledger would take away all that a rollback by the right one returns to.
    private async Task RequireEmptyAsync(string environment, CancellationToken cancellation)
    {
        var instances = await house.Stage(environment).Engine.ObserveAsync(cancellation);
        if (instances.Count > 0)
        {
            throw new DeliveryException(
                $"{environment}: the ledger knows of no release that served there, and yet there is {string.Join(", ", instances.Select(instance => instance.Id).Order(StringComparer.Ordinal))}: "
                + "nothing was removed; name the ledger of those who deployed it (PIPELINE_LEDGER), or deploy there first");
        }
    }
}
