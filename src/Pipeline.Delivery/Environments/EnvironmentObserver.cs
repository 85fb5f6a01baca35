using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Delivery.Environments;

/// <summary>Looks at an environment: what the edge says, what the engine runs, and what the ledger meant.</summary>
/// <param name="ports">The environment.</param>
/// <param name="ledger">The record of what should be.</param>
public sealed class EnvironmentObserver(EnvironmentPorts ports, ILedger ledger)
{
    /// <summary>Looks; changes nothing and starts nothing.</summary>
    public async Task<EnvironmentObservation> ObserveAsync(CancellationToken cancellation)
    {
        var history = await ledger.ReadReleasesAsync(ports.Environment.Name, cancellation);
        var edge = await ports.Edge.ObserveAsync(cancellation);
        var (seen, unseen) = await ObserveEngineAsync(cancellation);
        var instances = Combine(seen, edge);
        string[] problems = [.. Problems(history, edge, instances), .. Waiting(instances), .. unseen];
        return new(
            ports.Environment.Name, ports.Environment.Url, State(history, edge, instances, problems, unseen), problems, edge?.Active()?.Colour,
            history.Current?.StartedAt, history.Current?.By, history.Current?.Release, history.Previous?.Release, instances)
        {
            Approval = history.Current?.Approval,
        };
    }

    private async Task<(IReadOnlyList<Instance> Seen, string[] Unseen)> ObserveEngineAsync(CancellationToken cancellation)
    {
        try
        {
            return (await ports.Engine.ObserveAsync(cancellation), []);
        }
        catch (PartlyObservedException partly)
        {
            return (partly.Seen, partly.Message.Split('\n'));
        }
    }

    private static List<ObservedInstance> Combine(IReadOnlyList<Instance> instances, EdgeStatus? edge)
    {
        var sides = edge?.Backends ?? [];
        return [.. instances.OrderBy(instance => instance.Id, StringComparer.Ordinal).Select(instance =>
        {
            var side = sides.FirstOrDefault(backend => backend.Colour == instance.Colour);
            var destination = side?.Destinations.FirstOrDefault(candidate => candidate.Instance == instance.Id);
            return new ObservedInstance(instance.Id, instance.Digest, instance.Running && destination is { Healthy: true }, destination is null ? 0 : side!.Weight)
            {
                Health = instance.Health,
                Waiting = instance.Waiting,
            };
        })];
    }

    private static EnvironmentState State(
        ReleaseHistory history, EdgeStatus? edge, IReadOnlyList<ObservedInstance> instances, string[] problems, string[] unseen)
    {
        // Of a host that does not answer nobody can say that nothing is there.
        if (history.Current is null && edge?.Active() is null && unseen.Length == 0)
            return EnvironmentState.Absent;
        if (edge is null || !instances.Any(instance => instance is { Weight: > 0, Healthy: true }))
            return EnvironmentState.Down;
        return problems.Length == 0 ? EnvironmentState.Healthy : EnvironmentState.Degraded;
    }

    // Several instances mostly wait for one and the same thing. What nobody is served by may wait for the next deployment.
    private static IEnumerable<string> Waiting(IReadOnlyList<ObservedInstance> instances) => instances
        .Where(instance => instance is { Weight: > 0, Waiting: not null }).GroupBy(instance => instance.Waiting)
        .Select(group => $"{string.Join(", ", group.Select(instance => instance.Id))}: {group.Key}");

    private IEnumerable<string> Problems(ReleaseHistory history, EdgeStatus? edge, IReadOnlyList<ObservedInstance> instances)
    {
        if (history.Current is not { } current)
        {
            if (edge?.Active() is { } unknown)
                yield return $"serves {unknown.Digest}, which the ledger does not name";
            yield break;
        }
        if (edge is null)
        {
            yield return $"the edge at {ports.Environment.Url} is not running";
            yield break;
        }
        if (edge.Active() is not { } active)
            yield return "no traffic is routed";
        else if (active.Digest != current.Release.Digest)
            yield return $"serves {active.Digest} instead of {current.Release.Digest}";
        foreach (var instance in instances.Where(instance => instance.Weight > 0 && !instance.Healthy))
            yield return $"{instance.Id} is not healthy";
        foreach (var instance in instances.Where(instance => instance is { Weight: > 0, Healthy: true, Health: "unhealthy" }))
            yield return $"{instance.Id} is ready for the edge, but its host's health check finds it unhealthy";
        var serving = instances.Count(instance => instance.Weight > 0);
        if (serving < ports.Environment.Instances)
            yield return $"{serving} of {ports.Environment.Instances} instances serve";
    }
}
