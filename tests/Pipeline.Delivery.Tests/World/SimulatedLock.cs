using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Tests.World;

internal sealed class SimulatedLock : IDeploymentLock
{
    private Lease? held;
    private long token;

    public Task<IDeploymentLease> AcquireAsync(string environment, string owner, CancellationToken cancellation)
    {
        if (held is not null)
            throw new DeploymentLockedException(environment, "somebody", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        held = new(this, new(++token));
        return Task.FromResult<IDeploymentLease>(held);
    }

    public void BreakConnection()
    {
        held?.Break();
        held = null;
    }

    private sealed class Lease(SimulatedLock owner, FencingToken token) : IDeploymentLease
    {
        private readonly CancellationTokenSource lost = new();

        public FencingToken Token => token;

        public CancellationToken Lost => lost.Token;

        public void Break() => lost.Cancel();

        public ValueTask DisposeAsync()
        {
            if (owner.held == this)
                owner.held = null;
            lost.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
