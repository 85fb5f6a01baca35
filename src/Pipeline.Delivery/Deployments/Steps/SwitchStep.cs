using Pipeline.Delivery.Environments;

namespace Pipeline.Delivery.Deployments.Steps;

/// <summary>Gives all traffic to the release in one step of the edge.</summary>
internal sealed class SwitchStep : IDeploymentStep
{
    public const string StepName = "switch";

    public string Name => StepName;

    public async Task<string?> DoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        await context.RouteAsync(routes => routes.Only(context.Colour), cancellation);
        return context.Old is { } old ? $"{old.Colour.Name()} ({old.Digest.Abbreviated}) to {context.Colour.Name()}" : $"to {context.Colour.Name()}";
    }

    public async Task<string?> UndoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        if (context.Old is not { } old)
        {
            await context.RouteAsync(routes => routes.Without(context.Colour), cancellation);
            return "nothing served before, so nothing serves now";
        }
        await context.RouteAsync(routes => routes.Only(old.Colour), cancellation);
        return $"back to {old.Colour.Name()} ({old.Digest.Abbreviated})";
    }
}
