using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Deployments.Steps;

/// <summary>Starts the release's instances on the idle side.</summary>
internal sealed class StartStep : IDeploymentStep
{
    public string Name => "start";

    public static IEnumerable<InstanceSpecification> Specifications(DeploymentContext context, IReadOnlyDictionary<string, string> settings) =>
        context.InstanceIds().Select(id => new InstanceSpecification(
            id, context.Colour, context.Release.Digest, settings, context.Environment.DrainTimeout));

    public async Task<string?> DoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var settings = await context.ReadSettingsAsync(cancellation);
        var started = await Task.WhenAll(Specifications(context, settings).Select(instance => context.Ports.Engine.StartAsync(instance, cancellation)));
        return string.Join(", ", started.Select(instance => $"{instance.Id} at {instance.Address.Authority}")) + string.Concat(context.Ports.LeftOut.Select(host => $"; without {host}"));
    }

    public async Task<string?> UndoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        IReadOnlyList<Instance> instances;
        try
        {
            instances = await context.ObserveCandidatesAsync(cancellation);
        }
        catch (PartlyObservedException partly)
        {
            // What can be reached is taken back; that the rest could not be seen is for the record.
            await Sides.RemoveAsync(context, [.. partly.Seen.Where(instance => instance.Colour == context.Colour)], cancellation);
            throw;
        }
        await Sides.RemoveAsync(context, instances, cancellation);
        return instances.Count == 0 ? null : $"stopped {string.Join(", ", instances.Select(instance => instance.Id))}";
    }
}
