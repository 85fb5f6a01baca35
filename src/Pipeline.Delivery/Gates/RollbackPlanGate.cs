using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Gates;

/// <summary>Rollback plan ready: there is a release to go back to, its artifact is here, and it works with the database after this deployment.</summary>
/// <param name="ledger">What served before.</param>
/// <param name="migrator">The environment's database.</param>
/// <param name="files">Where artifacts are.</param>
public sealed class RollbackPlanGate(ILedger ledger, IMigrator migrator, IApplicationFiles files) : IGate
{
    private const string Name = "rollback plan ready";

    /// <inheritdoc />
    public async Task<GateVerdict> CheckAsync(DeploymentRequest request, CancellationToken cancellation)
    {
        var current = (await ledger.ReadReleasesAsync(request.Environment.Name, cancellation)).Current;
        if (current is null)
            return new(Name, GateOutcome.Passed, "first release here: undoing it leaves the environment empty, as it is now");
        try
        {
            await files.UnpackAsync(current.Release.Digest, cancellation);
        }
        catch (DeliveryException fault)
        {
            return new(Name, GateOutcome.Refused, $"{current.Release.Version} serves now and could not be started again: {fault.Message}");
        }

        var breaking = (await migrator.ObserveAsync(request.Release, cancellation)).Pending
            .Where(migration => !migration.BackwardCompatible).Select(migration => migration.Id).ToArray();
        if (breaking.Length == 0)
            return new(Name, GateOutcome.Passed, $"back to {current.Release.Version} ({current.Release.Digest.Abbreviated}) with --target Rollback");
        var what = $"{string.Join(", ", breaking)} cannot be rolled back ('-- pipeline: contract')";
        return request.Reason is { } reason
            ? new(Name, GateOutcome.Warned, $"{what}; accepted because: {reason}")
            : new(Name, GateOutcome.Refused, $"{what}; pass --reason to accept that there is no way back to {current.Release.Version}");
    }
}
