using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Delivery.Deployments.Steps;

/// <summary>Judges the release under the traffic it has just got.</summary>
internal sealed class VerifyStep : IDeploymentStep
{
    public string Name => "verify";

    public async Task<string?> DoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var status = await context.ObserveEdgeAsync(cancellation);
        if (status.Active() is not { } active || active.Digest != context.Release.Digest)
            throw new DeliveryException($"{context.Environment.Name}: the edge serves {status.Active()?.Digest.ToString() ?? "nothing"} instead of {context.Release.Digest}; deploy again");
        var report = await context.Ports.Verification.VerifyAsync(context.Environment, context.Colour, Baseline(context.Old), cancellation);
        report.Tell(context.Log);
        if (!report.Passed)
            throw new DeliveryException($"{context.Environment.Name}: release {context.Release.Version} fails under traffic: {report.Failures}");
        return $"{report.Checks.Count} rules hold";
    }

    public Task<string?> UndoAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult<string?>(null);

    private static TrafficBaseline? Baseline(BackendStatus? old) => old is null || old.Traffic.Requests == 0
        ? null
        : new(old.Traffic.Requests, old.Traffic.Failures, old.Traffic.Latency.MeanMilliseconds);
}
