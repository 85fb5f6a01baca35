using System.Text.Json.Serialization;

namespace Pipeline.Engines.Docker.Containers;

/// <summary>A container as its engine sees it, of what <c>docker container inspect</c> tells.</summary>
public sealed record ContainerState
{
    /// <summary>Its id.</summary>
    [JsonPropertyName("Id")]
    public required string Id { get; init; }

    /// <summary>Its name, with the slash that Docker puts before it.</summary>
    [JsonPropertyName("Name")]
    public required string SlashName { get; init; }

    /// <summary>The id of the image that it really runs: the digest of the image's configuration.</summary>
    [JsonPropertyName("Image")]
    public required string ImageId { get; init; }

    /// <summary>How often the engine started it again.</summary>
    [JsonPropertyName("RestartCount")]
    public int RestartCount { get; init; }

    /// <summary>Its life.</summary>
    [JsonPropertyName("State")]
    public required ContainerLife Life { get; init; }

    /// <summary>What it was made with.</summary>
    [JsonPropertyName("Config")]
    public required ContainerConfiguration Configuration { get; init; }

    /// <summary>What it may use of its host.</summary>
    [JsonPropertyName("HostConfig")]
    public ContainerAllowance Allowance { get; init; } = new(0);

    /// <summary>The volumes that it sees.</summary>
    [JsonPropertyName("Mounts")]
    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary>Its networks.</summary>
    [JsonPropertyName("NetworkSettings")]
    public ContainerNetworks Networks { get; init; } = new();

    /// <summary>Its name.</summary>
    [JsonIgnore]
    public string Name => SlashName.TrimStart('/');

    /// <summary>The value of a label; null when it has none of that name.</summary>
    public string? Label(string name) => Configuration.Labels?.GetValueOrDefault(name);
}

/// <summary>How a container is.</summary>
public sealed record ContainerLife
{
    /// <summary><c>created</c>, <c>running</c>, <c>paused</c>, <c>restarting</c>, <c>removing</c>, <c>exited</c>, <c>dead</c>.</summary>
    [JsonPropertyName("Status")]
    public required string Status { get; init; }

    /// <summary>Whether its program runs; also true while it is paused or waits for its restart.</summary>
    [JsonPropertyName("Running")]
    public bool Running { get; init; }

    /// <summary>Whether it ended and waits for its restart.</summary>
    [JsonPropertyName("Restarting")]
    public bool Restarting { get; init; }

    /// <summary>Whether the kernel killed something in it for want of memory.</summary>
    [JsonPropertyName("OOMKilled")]
    public bool OutOfMemory { get; init; }

    /// <summary>Its last exit code; 0 while it runs.</summary>
    [JsonPropertyName("ExitCode")]
    public int ExitCode { get; init; }

    /// <summary>Why the engine could not start it; empty when it could.</summary>
    [JsonPropertyName("Error")]
    public string Error { get; init; } = "";

    /// <summary>When its present program started.</summary>
    [JsonPropertyName("StartedAt")]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When its last program ended; the year 1 when none did.</summary>
    [JsonPropertyName("FinishedAt")]
    public DateTimeOffset FinishedAt { get; init; }

    /// <summary>What its health check says; null when it has none.</summary>
    [JsonPropertyName("Health")]
    public ContainerHealth? Health { get; init; }
}

/// <summary>What a health check says.</summary>
/// <param name="Status"><c>starting</c>, <c>healthy</c>, <c>unhealthy</c>.</param>
public sealed record ContainerHealth([property: JsonPropertyName("Status")] string Status);

/// <summary>What a container was made with.</summary>
/// <param name="Labels">Its labels, with those of its image; null when there are none.</param>
/// <param name="Image">The image as it was named.</param>
/// <param name="StopTimeout">The seconds between SIGTERM and SIGKILL; null for the engine's own 10.</param>
public sealed record ContainerConfiguration(
    [property: JsonPropertyName("Labels")] IReadOnlyDictionary<string, string>? Labels, [property: JsonPropertyName("Image")] string Image,
    [property: JsonPropertyName("StopTimeout")] int? StopTimeout);

/// <summary>What a container may use of its host.</summary>
/// <param name="MemoryBytes">Memory; 0 for as much as there is.</param>
public sealed record ContainerAllowance([property: JsonPropertyName("Memory")] long MemoryBytes);

/// <summary>A volume that a container sees.</summary>
/// <param name="Volume">Its name; null for a folder of the host or of memory.</param>
public sealed record ContainerMount([property: JsonPropertyName("Name")] string? Volume);

/// <summary>The networks of a container.</summary>
public sealed record ContainerNetworks
{
    /// <summary>By name; null when it shares another container's.</summary>
    [JsonPropertyName("Networks")]
    public IReadOnlyDictionary<string, ContainerEndpoint>? ByName { get; init; }
}

/// <summary>A container's place in a network.</summary>
/// <param name="Address">Its address; empty while it does not run.</param>
public sealed record ContainerEndpoint([property: JsonPropertyName("IPAddress")] string Address);
