using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Gates;

namespace Pipeline.Delivery.Ports;

/// <summary>Sees that a deployment was begun, before anything changes.</summary>
public interface IDeploymentWitness
{
    /// <summary>The deployment stands in the ledger. Users wait for what this does, so it does little.</summary>
    /// <exception cref="GateRefusedException">It must not go on; it is then recorded as undone.</exception>
    Task SeeBegunAsync(DeploymentRecord deployment, CancellationToken cancellation);
}
