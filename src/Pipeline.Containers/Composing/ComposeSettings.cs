using Pipeline.Containers.Databases;
using Pipeline.Containers.Sandboxes;
using Pipeline.Delivery.Environments;
using Pipeline.Engines.Docker;

namespace Pipeline.Containers.Composing;

/// <summary>An environment with a release in it, as it is to be exported.</summary>
public sealed record ComposeSettings
{
    /// <summary>The environment.</summary>
    public required StageSettings Stage { get; init; }

    /// <summary>Its database.</summary>
    public required DatabaseSettings Database { get; init; }

    /// <summary>Its sandbox.</summary>
    public required SandboxSettings Sandbox { get; init; }

    /// <summary>How its instances run.</summary>
    public required DockerEngineSettings Engine { get; init; }

    /// <summary>The images, as the host that the file is for names them.</summary>
    public required ComposeImages Images { get; init; }

    /// <summary>The instances of the release, all of one side. Their settings name database and sandbox as <see cref="ComposeAddresses"/> does.</summary>
    public required IReadOnlyList<InstanceSpecification> Instances { get; init; }

    /// <summary>Which of the settings are secret.</summary>
    public required IReadOnlySet<string> SecretKeys { get; init; }

    /// <summary>The password of the database.</summary>
    public required string DatabasePassword { get; init; }

    /// <summary>The release's migrations for <c>psql</c>.</summary>
    public required string MigrationScript { get; init; }

    /// <summary>The folder of secrets and migrations as the compose file names it: <c>./.pipeline/environments/staging/compose</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>What the reader of the file should know, a line each.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}

/// <summary>The images of an exported environment.</summary>
/// <param name="Release">The release.</param>
/// <param name="Edge">The edge.</param>
/// <param name="Database">PostgreSQL.</param>
/// <param name="Sandbox">The sandbox.</param>
public sealed record ComposeImages(string Release, string Edge, string Database, string Sandbox);
