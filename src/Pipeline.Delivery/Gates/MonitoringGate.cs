using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Gates;

/// <summary>Monitoring reachable: the edge tells its counters, without which nobody could judge the release.</summary>
/// <param name="edge">The environment's edge.</param>
/// <param name="time">The clock.</param>
public sealed class MonitoringGate(IEdge edge, TimeProvider time) : IGate
{
    private const string Name = "monitoring reachable";

    /// <inheritdoc />
    public async Task<GateVerdict> CheckAsync(DeploymentRequest request, CancellationToken cancellation)
    {
        if (await edge.ObserveAsync(cancellation) is not { } status)
            return new(Name, GateOutcome.Refused, $"the edge at {request.Environment.Url} does not tell its counters; look at its log with --target Status");
        var active = status.Active();
        var counted = active is null ? "nothing serves yet" : $"{active.Traffic.Requests} requests counted for {active.Digest.Abbreviated}";
        return new(Name, GateOutcome.Passed, $"edge up since {status.StartedAt:u} (now {time.GetUtcNow():u}), {counted}");
    }
}
