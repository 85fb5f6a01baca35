namespace Pipeline.Delivery.Deployments.Steps;

/// <summary>Tests the release on its private route, before any user sees it.</summary>
internal sealed class SmokeStep : IDeploymentStep
{
    public string Name => "smoke";

    public async Task<string?> DoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var report = await context.Ports.Smoke.RunAsync(context.Environment, context.Ports.Edge.PrivateRouteTo(context.Colour), cancellation);
        report.Tell(context.Log);
        if (!report.Passed)
            throw new DeliveryException($"{context.Environment.Name}: release {context.Release.Version} fails its smoke test before the switch: {report.Failures}");
        return $"{report.Checks.Count} checks passed";
    }

    public Task<string?> UndoAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
