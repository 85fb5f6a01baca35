using System.Globalization;
using Pipeline.Engines.Docker.Cli;

namespace Pipeline.Engines.Docker.Instances;

/// <summary>The hosts of an environment, without those that a run does without, and which instance belongs on which.</summary>
internal sealed class InstanceHosts
{
    private readonly IReadOnlyList<HostInstances> all;

    internal InstanceHosts(IReadOnlyList<HostInstances> all)
        : this(all, all)
    {
    }

    private InstanceHosts(IReadOnlyList<HostInstances> all, IReadOnlyList<HostInstances> present) => (this.all, Present) = (all, present);

    /// <summary>The hosts to work with.</summary>
    internal IReadOnlyList<HostInstances> Present { get; }

    /// <summary>The host of the edge.</summary>
    internal HostInstances First => all[0];

    /// <summary>In turn by the number that an id ends with, so that every run looks for it on the same host; where that is left out, on the next one.</summary>
    internal HostInstances Of(string id)
    {
        var digits = id.AsSpan()[(id.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1)..];
        var place = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(1, number) - 1 : 0;
        return Enumerable.Range(place % all.Count, all.Count).Select(index => all[index % all.Count]).First(Present.Contains);
    }

    /// <summary>The host that has the instance: its own, or one that took it over while that was away.</summary>
    internal async Task<HostInstances> FindAsync(string id, CancellationToken cancellation)
    {
        var own = Of(id);
        if (Present.Count == 1)
            return own;
        foreach (var host in Present.OrderBy(host => host != own))
        {
            if (await HasAsync(host, id, cancellation))
                return host;
        }
        return own;
    }

    /// <summary>The same without the hosts that do not answer.</summary>
    internal async Task<(InstanceHosts Hosts, IReadOnlyList<string> LeftOut)> ReachAsync(CancellationToken cancellation)
    {
        // Without the edge's host there is nothing to be done for anybody.
        var looked = await Task.WhenAll(all.Skip(1).Select(async host => (Host: host, Seen: await host.Docker.ObserveAsync(cancellation))));
        var away = looked.Where(each => !each.Seen.Reachable).ToList();
        return (new InstanceHosts(all, [.. all.Except(away.Select(each => each.Host))]), [.. away.Select(each => $"host {each.Seen.Unreachable}")]);
    }

    private static async Task<bool> HasAsync(HostInstances host, string id, CancellationToken cancellation)
    {
        try
        {
            return await host.HasAsync(id, cancellation);
        }
        catch (DockerException)
        {
            // Who asks for the instance hears of it from its own host, when no other has it.
            return false;
        }
    }
}
