namespace Pipeline.Delivery.Deployments.Steps;

/// <summary>Makes sure, after going back, that what really runs and gets the traffic is the release that was meant.</summary>
internal sealed class ConfirmStep : IDeploymentStep
{
    public string Name => "confirm";

    public async Task<string?> DoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var active = (await context.ObserveEdgeAsync(cancellation)).Active();
        var instances = await context.ObserveCandidatesAsync(cancellation);
        var wrong = instances.Where(instance => !instance.Running || instance.Digest != context.Release.Digest).ToArray();
        if (active?.Digest != context.Release.Digest || wrong.Length > 0 || instances.Count == 0)
            throw new DeliveryException($"{context.Environment.Name}: meant to run {context.Release.Digest}, but the edge serves {active?.Digest.ToString() ?? "nothing"}"
                + string.Concat(wrong.Select(instance => $", {instance.Id} {(instance.Running ? $"runs {instance.Digest}" : "does not run")}")) + "; roll back again");
        return $"{instances.Count} instances run {context.Release.Digest.Abbreviated}";
    }

    public Task<string?> UndoAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
