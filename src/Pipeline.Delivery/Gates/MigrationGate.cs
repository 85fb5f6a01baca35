using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Gates;

/// <summary>Migrations applied, or about to be: nothing stands against applying those that are missing.</summary>
/// <param name="migrator">The environment's database.</param>
public sealed class MigrationGate(IMigrator migrator) : IGate
{
    private const string Name = "migrations";

    /// <inheritdoc />
    public async Task<GateVerdict> CheckAsync(DeploymentRequest request, CancellationToken cancellation)
    {
        var status = await migrator.ObserveAsync(request.Release, cancellation);
        if (status.Faults.Count > 0)
            return new(Name, GateOutcome.Refused, string.Join("; ", status.Faults));
        var breaking = status.Beyond.Where(migration => !migration.BackwardCompatible).Select(migration => migration.Id).ToArray();
        if (breaking.Length > 0)
            return new(Name, GateOutcome.Refused, $"the database has {string.Join(", ", breaking)}, with which this older release cannot work; deploy a newer one");
        return new(Name, GateOutcome.Passed, status.Pending.Count == 0
            ? $"all {request.Release.Migrations.Count} applied"
            : $"{status.Pending.Count} to apply: {string.Join(", ", status.Pending.Select(migration => migration.Id))}");
    }
}
