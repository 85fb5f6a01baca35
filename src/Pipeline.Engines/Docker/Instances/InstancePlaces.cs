using System.Net;
using System.Text;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Docker.Networks;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Engines.Docker.Instances;

/// <summary>
/// Gives instances places that they keep over restarts: on the edge's host an address of the environment's network, on other hosts a published port. What
/// containers carry as a label is all it remembers.
/// </summary>
internal sealed class InstancePlaces(DockerEngineSettings settings)
{
    private const int Ports = 1000;
    private readonly Lock choosing = new();
    private readonly Dictionary<Uri, string> chosen = [];
    private readonly HashSet<Uri> refused = [];

    /// <summary>A place on the edge's own host.</summary>
    internal async Task<InstancePlace> InNetworkAsync(
        EnvironmentNetwork network, IReadOnlyList<ContainerState> present, string id, CancellationToken cancellation)
    {
        var addresses = (await network.EnsureAsync(cancellation)).ToDictionary(address => new Uri($"http://{address}:{settings.ContainerPort}/"), address => address);
        var place = RecordedOrFree(present, id, addresses.Keys, addresses.ContainsKey, "address of its network");
        return new(place, ContainerNetwork.At(settings.Scope.Network, addresses[place]), []);
    }

    /// <summary>A place on another host. A port that was refused is not given again.</summary>
    internal async Task<InstancePlace> PublishedAsync(
        EnvironmentNetwork network, DockerHost host, IReadOnlyList<ContainerState> present, string id, CancellationToken cancellation)
    {
        if (host.Address is not { } reached || !IPAddress.TryParse(reached, out _))
            throw new DeliveryException($"{host}: nothing says by which IP address its published ports are reached; write {host}?address=… with the address of the host");
        await network.EnsureAsync(cancellation);
        var start = Encoding.UTF8.GetBytes(settings.Scope.Prefix + id).Aggregate(17u, (hash, letter) => (hash * 31) + letter) % Ports;
        var candidates = Enumerable.Range(0, Ports).Select(step => new Uri($"http://{reached}:{settings.FirstPublishedPort + ((start + step) % Ports)}/"));
        var last = settings.FirstPublishedPort + Ports;
        var place = RecordedOrFree(
            present, id, candidates, uri => uri.Host == reached && uri.Port >= settings.FirstPublishedPort && uri.Port < last, "port to publish it on");
        // On the one address where the edge looks for it, and on no other that the host may have.
        return new(place, ContainerNetwork.Named(settings.Scope.Network), [new(reached, place.Port, settings.ContainerPort)]);
    }

    /// <summary>Notes that a place turned out to be somebody else's.</summary>
    internal void Refuse(InstancePlace place)
    {
        lock (choosing)
            refused.Add(place.Address);
    }

    /// <summary>Gives the place of a stopped instance back.</summary>
    internal void Forget(string id)
    {
        lock (choosing)
        {
            foreach (var place in chosen.Where(each => each.Value == id).Select(each => each.Key).ToList())
                chosen.Remove(place);
        }
    }

    private Uri RecordedOrFree(IReadOnlyList<ContainerState> present, string id, IEnumerable<Uri> candidates, Func<Uri, bool> isPossible, string what)
    {
        var recorded = present.Where(container => container.Label(ScopeLabels.Address) is not null)
            .Select(container => (Id: container.Label(ScopeLabels.Instance), Address: new Uri(container.Label(ScopeLabels.Address)!))).ToList();
        lock (choosing)
        {
            var own = recorded.FirstOrDefault(each => each.Id == id).Address;
            var place = own is not null && isPossible(own) && IsOpen(own) ? own : candidates.FirstOrDefault(candidate => IsOpen(candidate) && IsNobodys(candidate));
            if (place is null)
                throw new DeliveryException($"{settings.Scope}: no {what} is free for {id}; remove containers that are no longer needed with --target Prune");
            chosen[place] = id;
            return place;
        }

        bool IsOpen(Uri place) => !refused.Contains(place) && chosen.GetValueOrDefault(place, id) == id;
        bool IsNobodys(Uri place) => recorded.All(each => each.Id == id || each.Address != place);
    }
}
