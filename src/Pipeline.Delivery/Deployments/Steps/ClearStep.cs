namespace Pipeline.Delivery.Deployments.Steps;

/// <summary>Empties the idle side of what the release does not run: routes first, then instances.</summary>
internal sealed class ClearStep : IDeploymentStep
{
    public string Name => "clear";

    public async Task<string?> DoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var settings = await context.ReadSettingsAsync(cancellation);
        var wanted = StartStep.Specifications(context, settings).ToDictionary(instance => instance.Id, instance => instance.SettingsFingerprint());
        var instances = await context.ObserveCandidatesAsync(cancellation);
        var stale = instances
            .Where(instance => !instance.Running || instance.Digest != context.Release.Digest
                || wanted.GetValueOrDefault(instance.Id) != instance.SettingsFingerprint)
            .ToArray();
        if (stale.Length == 0)
            return "nothing to clear";

        await Sides.RemoveAsync(context, stale, cancellation);
        return $"stopped {string.Join(", ", stale.Select(instance => instance.Id))}";
    }

    public Task<string?> UndoAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
