using Pipeline.Delivery.Deployments;

namespace Pipeline.Delivery.Ports;

/// <summary>One deployment per environment at a time.</summary>
public interface IDeploymentLock
{
    /// <summary>Takes the lock at once or not at all.</summary>
    /// <exception cref="DeploymentLockedException">Somebody else holds it.</exception>
    Task<IDeploymentLease> AcquireAsync(string environment, string owner, CancellationToken cancellation);
}
