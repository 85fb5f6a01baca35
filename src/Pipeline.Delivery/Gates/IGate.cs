using Pipeline.Delivery.Deployments;

namespace Pipeline.Delivery.Gates;

/// <summary>A check that may refuse a deployment before anything is changed.</summary>
public interface IGate
{
    /// <summary>Checks; throws only when the check itself could not be made.</summary>
    Task<GateVerdict> CheckAsync(DeploymentRequest request, CancellationToken cancellation);
}
