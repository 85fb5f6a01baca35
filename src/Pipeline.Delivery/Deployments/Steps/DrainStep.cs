using Pipeline.Delivery.Environments;

namespace Pipeline.Delivery.Deployments.Steps;

/// <summary>Waits for the last requests of the old side, which then stays warm for a rollback.</summary>
internal sealed class DrainStep : IDeploymentStep
{
    public string Name => "drain";

    public async Task<string?> DoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        if (context.Old is not { } old)
            return "nothing to drain";
        var left = await context.Ports.Edge.DrainAsync(old.Colour, context.Environment.DrainTimeout, cancellation);
        return left == 0 ? $"{old.Colour.Name()} is idle and stays warm" : $"{left} requests still on {old.Colour.Name()}, which stays up for them";
    }

    public Task<string?> UndoAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
