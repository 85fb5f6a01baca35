namespace Pipeline.Delivery.Deployments.Steps;

/// <summary>Makes sure, before going back, that the older release works with the database as it is now.</summary>
internal sealed class CompatibilityStep : IDeploymentStep
{
    public string Name => "compatibility";

    public async Task<string?> DoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var status = await context.Ports.Migrator.ObserveAsync(context.Release, cancellation);
        var breaking = status.Beyond.Where(migration => !migration.BackwardCompatible).Select(migration => migration.Id).ToArray();
        if (breaking.Length > 0)
            throw new DeliveryException(
                $"{context.Environment.Name}: release {context.Release.Version} cannot work with the database after {string.Join(", ", breaking)} "
                + "(marked '-- pipeline: contract'); deploy a release forward instead");
        return status.Beyond.Count == 0 ? "same migrations" : $"{status.Beyond.Count} newer migrations, all backward compatible";
    }

    public Task<string?> UndoAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
