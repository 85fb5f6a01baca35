using System.Net;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Docker.Images;
using Pipeline.Engines.Docker.Networks;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Engines.Docker.Secrets;

namespace Pipeline.Engines.Docker;

/// <summary>How the instances of an environment run on Docker hosts.</summary>
public sealed record DockerEngineSettings
{
    /// <summary>The service and the environment.</summary>
    public required EnvironmentScope Scope { get; init; }

    /// <summary>The hosts, at least one. The edge is on the first; instances are spread over all in turn.</summary>
    public required IReadOnlyList<DockerHost> Hosts { get; init; }

    /// <summary>How images come onto the hosts.</summary>
    public required IReleaseImages Images { get; init; }

    /// <summary>Which settings are secret and go into memory instead of the environment.</summary>
    public required ISecretKeys SecretKeys { get; init; }

    /// <summary>User and group of the instances, as numbers; never root. Default <c>10001:10001</c>.</summary>
    public string User { get; init; } = DefaultUser;

    /// <summary>The port that instances listen on in their containers, given as <c>PORT</c>; default 8080.</summary>
    public int ContainerPort { get; init; } = 8080;

    /// <summary>What an instance may use of its host.</summary>
    public ContainerLimits Limits { get; init; } = new();

    /// <summary>
    /// How the host's engine asks an instance whether it is well; null for what the image says, and where it says nothing for <c>GET /health</c> with curl, wget or bash of
    /// the image. An instance of an image without these has no health check.
    /// </summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>The addresses that the environment's networks are taken from; default <c>10.87.0.0/16</c>.</summary>
    public IPNetwork NetworkPool { get; init; } = EnvironmentNetwork.DefaultPool;

    /// <summary>The first port on which hosts other than the edge's publish instances; default 20000. A thousand ports from there on are used.</summary>
    public int FirstPublishedPort { get; init; } = 20000;

    /// <summary>How long a started instance is looked at for an end at once; default one second.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The user of instances where nothing else is said.</summary>
    public const string DefaultUser = "10001:10001";
}
