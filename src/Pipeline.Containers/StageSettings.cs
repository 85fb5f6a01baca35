using System.Net;
using Pipeline.Containers.Images;
using Pipeline.Edge.Control;
using Pipeline.Engines.Docker;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Docker.Networks;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Containers;

/// <summary>What an environment stands on besides its instances, when it lives on Docker hosts.</summary>
public sealed record StageSettings
{
    /// <summary>The service and the environment.</summary>
    public required EnvironmentScope Scope { get; init; }

    /// <summary>The hosts, at least one. Edge, database and sandbox are on the first.</summary>
    public required IReadOnlyList<DockerHost> Hosts { get; init; }

    /// <summary>The port of the first host that users reach the environment at.</summary>
    public required int Port { get; init; }

    /// <summary>The image with the edge program at <c>/app/Pipeline.Edge.dll</c> and <c>dotnet</c>, <c>sh</c>, <c>tar</c> and <c>chown</c> on its PATH.</summary>
    public required IHostImage EdgeImage { get; init; }

    /// <summary>The limits and time-outs of the edge.</summary>
    public EdgeSettings Edge { get; init; } = new();

    /// <summary>What edge and keeper may use of their host.</summary>
    public ContainerLimits EdgeLimits { get; init; } = new() { Processes = 1024 };

    /// <summary>User and group of keeper, edge and sandbox, as numbers; the instances' own, so that they can read their secrets.</summary>
    public string User { get; init; } = DockerEngineSettings.DefaultUser;

    /// <summary>The addresses that the environment's networks are taken from.</summary>
    public IPNetwork NetworkPool { get; init; } = EnvironmentNetwork.DefaultPool;

    /// <summary>
    /// How users' connections come from the host to the edge; null, the default, for a door wherever the first host can have one, and its published port where it
    /// cannot: on rootless engines, on those with user namespaces, on Docker Desktop, and for ports below 1024.
    /// </summary>
    public Entrance? Entrance { get; init; }

    /// <summary>The first host.</summary>
    public DockerHost First => Hosts[0];

    /// <summary>
    /// The address of the first host that users' port is opened and other ports are published on. By default the one where users reach it when that is an IP
    /// address, else all of them; a host of this machine opens its loopback address alone.
    /// </summary>
    public string PublishedOn
    {
        get => field ?? (IPAddress.TryParse(First.Address, out _) ? First.Address : "0.0.0.0");
        init;
    }

    /// <summary>Where users' port is opened.</summary>
    internal string PublicAddress => IPAddress.TryParse(PublishedOn, out var address) ? new IPEndPoint(address, Port).ToString() : $"{PublishedOn}:{Port}";
}

/// <summary>How users' connections come from a host to the edge.</summary>
public enum Entrance
{
    /// <summary>A door, a container in the network of the host itself, opens the port and lends it to the edge: whatever the engine does, nobody is refused.</summary>
    Door,

    /// <summary>The engine publishes the edge's port. While it is started anew, it refuses new connections for a moment.</summary>
    Published,
}
