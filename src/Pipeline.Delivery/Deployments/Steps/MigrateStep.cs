namespace Pipeline.Delivery.Deployments.Steps;

/// <summary>Applies the release's migrations. They stay when the deployment is undone: the gates saw to it that the old release works with them.</summary>
internal sealed class MigrateStep : IDeploymentStep
{
    public string Name => "migrate";

    public async Task<string?> DoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var applied = await context.Ports.Migrator.ApplyAsync(context.Release, context.Token, cancellation);
        return applied.Count == 0 ? "nothing to apply" : $"applied {string.Join(", ", applied)}";
    }

    public Task<string?> UndoAsync(DeploymentContext context, CancellationToken cancellation) =>
        Task.FromResult<string?>(null);
}
