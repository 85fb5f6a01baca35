using Pipeline.Containers.Tunnels;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Relay.Targets;
using Pipeline.Verification.Readiness;

namespace Pipeline.Applications.Stages.Docker;

/// <summary>Asks an instance from where its edge asks it: within the environment's network.</summary>
internal sealed class TunnelledReadiness(HostTunnel tunnel, TimeProvider time) : IReadinessProbe, IDisposable
{
    private readonly HttpReadinessProbe probe = new(
        time, async (address, cancellation) => await tunnel.ConnectAsync(RelayTarget.ToTcp(address.Host, address.Port), cancellation));

    public Task<ProbeAnswer> ProbeAsync(Instance instance, CancellationToken cancellation) => probe.ProbeAsync(instance, cancellation);

    public void Dispose() => probe.Dispose();
}
