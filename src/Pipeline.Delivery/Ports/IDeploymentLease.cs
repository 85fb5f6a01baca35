using Pipeline.Delivery.Deployments;

namespace Pipeline.Delivery.Ports;

/// <summary>The lock while it is held; disposing lets it go.</summary>
public interface IDeploymentLease : IAsyncDisposable
{
    /// <summary>The token that every change made under this lock carries.</summary>
    FencingToken Token { get; }

    /// <summary>Cancelled when the lock was lost, for example with the database connection.</summary>
    CancellationToken Lost { get; }
}
