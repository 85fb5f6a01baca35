using System.Net;
using Pipeline.Containers.Databases;
using Pipeline.Containers.Edges;
using Pipeline.Containers.Hosts;
using Pipeline.Containers.Keeping;
using Pipeline.Containers.Tunnels;
using Pipeline.Delivery.Ports;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Secrets;

namespace Pipeline.Containers;

/// <summary>The stage of one environment on its Docker hosts: networks, keepers, the edge, and the way into all of it.</summary>
public sealed class EnvironmentStage : IAsyncDisposable
{
    private readonly StageSettings settings;
    private readonly TimeProvider time;
    private readonly IReadOnlyList<EnvironmentHost> hosts;
    private FixedAddresses? addresses;

    /// <summary>Nothing is asked of any host yet.</summary>
    public EnvironmentStage(StageSettings settings, TimeProvider time)
    {
        (this.settings, this.time) = (settings, time);
        hosts = [.. settings.Hosts.Select(host => new EnvironmentHost(host, settings, time))];
        Tunnel = new HostTunnel(First.Docker, First.Containers, settings.Scope.Keeper);
        Doors = new TunnelDoors(Tunnel);
        Edge = new DockerEdge(this, settings, time);
    }

    /// <summary>The environment's edge.</summary>
    public IEdge Edge { get; }

    /// <summary>The way into the environment's network, as its edge sees it.</summary>
    public HostTunnel Tunnel { get; }

    internal TunnelDoors Doors { get; }

    internal EnvironmentHost First => hosts[0];

    /// <summary>How users come to the edge, once the environment is kept.</summary>
    internal Entrance Entrance { get; private set; }

    /// <summary>The addresses of the environment's own parts on the first host; its network is made when it is missing.</summary>
    internal async Task<FixedAddresses> AddressesAsync(CancellationToken cancellation) => addresses ??= new(await First.Network.EnsureAsync(cancellation));

    /// <summary>The addresses that instances see the edge come from: its own in the environment's network, and for those on other hosts that of its host.</summary>
    public async Task<IReadOnlyList<IPAddress>> EdgeAddressesAsync(CancellationToken cancellation)
    {
        var inNetwork = IPAddress.Parse((await AddressesAsync(cancellation)).Keeper);
        return hosts.Count > 1 && IPAddress.TryParse(settings.First.Address, out var host) ? [inNetwork, host] : [inNetwork];
    }

    /// <summary>Brings the edge's image to every host, so that nothing waits for it under the lock of a deployment.</summary>
    /// <exception cref="Delivery.DeliveryException">A host cannot be reached, or the image cannot be brought there.</exception>
    public Task PrepareAsync(CancellationToken cancellation) => Task.WhenAll(hosts.Select(host => host.EdgeImageAsync(cancellation)));

    /// <summary>Makes network, volumes and keeper on the first host, or finds them; once a run. What runs keeps its image: none is asked for where all of it runs.</summary>
    /// <exception cref="Delivery.DeliveryException">The host cannot be reached, or something there has a name or port that the environment needs.</exception>
    public Task KeepAsync(CancellationToken cancellation) => First.KeepAsync(KeepAsync, cancellation);

    /// <summary>The same on every host.</summary>
    /// <exception cref="Delivery.DeliveryException">A host cannot be reached, or something there has a name or port that the environment needs.</exception>
    public Task KeepAllAsync(CancellationToken cancellation) => Task.WhenAll(hosts.Select(host => host.KeepAsync(KeepAsync, cancellation)));

    /// <summary>The same on the first host and on those of the others that answer now.</summary>
    /// <exception cref="Delivery.DeliveryException">The first host cannot be reached, or something on a host has a name or port that the environment needs.</exception>
    public Task KeepReachableAsync(CancellationToken cancellation) => Task.WhenAll(hosts.Select(async host =>
    {
        if (host.IsFirst || await host.AnswersAsync(cancellation))
            await host.KeepAsync(KeepAsync, cancellation);
    }));

    /// <summary>Removes all containers and networks of the environment from its hosts. Volumes, and so all data, stay.</summary>
    public Task RemoveContainersAsync(CancellationToken cancellation) => Task.WhenAll(hosts.Select(host => RemoveContainersAsync(host, cancellation)));

    /// <summary>Removes everything of the environment from its hosts, its data included.</summary>
    public async Task RemoveEverythingAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(hosts.Select(host => ForgetSecretsAsync(host, cancellation)));
        await RemoveContainersAsync(cancellation);
        await Task.WhenAll(hosts.Select(host => host.Volumes.RemoveAllAsync(cancellation)));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Doors.DisposeAsync();
        await Tunnel.DisposeAsync();
        foreach (var host in hosts)
            host.Dispose();
    }

    private async Task KeepAsync(EnvironmentHost host, CancellationToken cancellation)
    {
        var places = new FixedAddresses(await host.Network.EnsureAsync(cancellation));
        await new SecretsVolume(host.Docker, settings.Scope, settings.User).EnsureAsync(cancellation);
        if (host.IsFirst)
        {
            await host.Volumes.EnsureInMemoryAsync(DatabasePassword.Volume(settings.Scope), settings.User, cancellation);
            await host.Volumes.EnsureOwnedAsync(EdgeContainer.Volume(settings.Scope), settings.User, host.EdgeImageAsync, cancellation);
        }
        var keeper = new KeeperContainer(host, settings, time);
        if (host.IsFirst)
            Entrance = await keeper.ChooseEntranceAsync(cancellation);
        await keeper.EnsureAsync(places, Entrance, cancellation);
    }

    private async Task ForgetSecretsAsync(EnvironmentHost host, CancellationToken cancellation)
    {
        if (await host.Containers.FindAsync(settings.Scope.Keeper, cancellation) is not { Life: { Running: true, Restarting: false } })
            return;
        string[] command = ["sh", "-c", $"rm -rf {SecretsVolume.Path}/* {DatabasePassword.Folder}/*"];
        await host.Docker.RunAsync(new DockerCall(["container", "exec", settings.Scope.Keeper, .. command]) { About = $"secrets in the memory of container {settings.Scope.Keeper}" }, cancellation);
    }

    private static async Task RemoveContainersAsync(EnvironmentHost host, CancellationToken cancellation)
    {
        // Edges first, so that nobody is promised an answer; the keeper, whose memory the others use, last.
        foreach (var role in (string[])[EdgeContainer.Role, DoorContainer.Role, "instance", "sandbox", "database", "memory", KeeperContainer.Role])
            await host.RemoveAsync(role, cancellation);
        await host.Network.RemoveAsync(cancellation);
    }
}
