using Pipeline.Containers.Images;
using Pipeline.Engines.Docker.Containers;

namespace Pipeline.Containers.Databases;

/// <summary>The PostgreSQL of an environment in a container.</summary>
public sealed record DatabaseSettings
{
    /// <summary>An image that is used as the official one is, https://hub.docker.com/_/postgres: <c>postgres:17</c> by digest, or a site's own.</summary>
    public required IHostImage Image { get; init; }

    /// <summary>
    /// Whether a database that runs is replaced where image or limits are others than wanted, which interrupts its users for some seconds; by default it stays as it
    /// is. The image must be of the major version of the data.
    /// </summary>
    public bool Renew { get; init; }

    /// <summary>The name of the database and of the role that owns it.</summary>
    public required string Database { get; init; }

    /// <summary>User and group of the server in the image, as numbers; the official image's by default.</summary>
    public string User { get; init; } = "999:999";

    /// <summary>What it may use of its host.</summary>
    public ContainerLimits Limits { get; init; } = new() { Megabytes = 1024 };

    /// <summary>
    /// The port of the first host that it is published on, for environments on several hosts, whose instances elsewhere have no other way to it; null, the default,
    /// keeps it inside of the environment's network.
    /// </summary>
    public int? PublishedPort { get; init; }

    /// <summary>How long it may take from its start until it lets somebody in; default two minutes: after a crash it reads its log first.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
