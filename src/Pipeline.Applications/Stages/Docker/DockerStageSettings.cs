using Pipeline.Containers;
using Pipeline.Containers.Images;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Docker.Images;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Engines.Docker.Secrets;
using Pipeline.Postgres.Connections;

namespace Pipeline.Applications.Stages.Docker;

/// <summary>An environment of an application on Docker hosts.</summary>
public sealed record DockerStageSettings
{
    /// <summary>The application, by the beginning of all names on a host, and the environment.</summary>
    public required EnvironmentScope Scope { get; init; }

    /// <summary>The hosts, at least one. Edge and database are on the first, instances on all in turn.</summary>
    public required IReadOnlyList<DockerHost> Hosts { get; init; }

    /// <summary>The port of the first host that users reach the environment at.</summary>
    public required int Port { get; init; }

    /// <summary>How users come to the edge; null, the default, for a door wherever the first host's engine allows one.</summary>
    public Entrance? Entrance { get; init; }

    /// <summary>The image of edge, door and keeper.</summary>
    public required IHostImage EdgeImage { get; init; }

    /// <summary>The image of the environment's own PostgreSQL.</summary>
    public required IHostImage PostgresImage { get; init; }

    /// <summary>Whether a database that runs is replaced where its image is another than <see cref="PostgresImage"/>; not by default.</summary>
    public bool RenewDatabase { get; init; }

    /// <summary>The name of the database and of its owner.</summary>
    public required string Database { get; init; }

    /// <summary>The database that somebody else runs; null for one of the environment's own.</summary>
    public GivenDatabase? GivenDatabase { get; init; }

    /// <summary>How the images of releases come onto the hosts.</summary>
    public required IReleaseImages Releases { get; init; }

    /// <summary>Which settings are secret.</summary>
    public required ISecretKeys SecretKeys { get; init; }
}
