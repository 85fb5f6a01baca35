using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Instances;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Engines.Docker.Pruning;

/// <summary>
/// Clears one host of what the environment no longer needs: stopped instances and images of releases that neither run nor are kept. It lists by the
/// environment's own labels and tags, so that nothing of another environment or service is even seen.
/// </summary>
internal sealed class HostPrune(HostInstances host)
{
    internal async Task<IReadOnlyList<string>> RunAsync(IReadOnlySet<Digest> kept, CancellationToken cancellation)
    {
        var instances = (await host.Containers.ListAsync(cancellation)).Where(container => container.Label(ScopeLabels.Role) == InstanceContainer.Role).ToList();
        var needed = instances.Where(IsAlive).Select(Release).OfType<Digest>().Concat(kept).ToHashSet();
        var removed = new List<string>();
        foreach (var stopped in instances.Where(container => !IsAlive(container) && Release(container) is { } release && !needed.Contains(release)))
        {
            await host.StopAsync(stopped.Label(ScopeLabels.Instance)!, timeout: null, cancellation);
            removed.Add($"container {stopped.Name}");
        }
        removed.AddRange((await host.Images.ReleaseAsync(needed, cancellation)).Select(tag => $"image {tag}"));
        return [.. removed.Select(what => $"{host.Host}: {what}")];
    }

    private static bool IsAlive(ContainerState container) => container.Life.Status is not ("created" or "exited" or "dead");

    private static Digest? Release(ContainerState container) => Digest.TryParse(container.Label(ScopeLabels.Release), out var digest) ? digest : null;
}
