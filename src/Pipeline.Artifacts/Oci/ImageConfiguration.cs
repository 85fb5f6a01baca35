using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Oci;

/// <summary>The image configuration: https://github.com/opencontainers/image-spec/blob/v1.1.0/config.md.</summary>
internal sealed record ImageConfiguration
{
    [JsonPropertyName("created")]
    public string? Created { get; init; }

    [JsonPropertyName("architecture")]
    public required string Architecture { get; init; }

    [JsonPropertyName("os")]
    public required string OperatingSystem { get; init; }

    [JsonPropertyName("config")]
    public ExecutionParameters? Execution { get; init; }

    [JsonPropertyName("rootfs")]
    public required RootFileSystem RootFileSystem { get; init; }

    [JsonPropertyName("history")]
    public IReadOnlyList<LayerHistory>? History { get; init; }
}

/// <summary>How a container of the image is started.</summary>
internal sealed record ExecutionParameters
{
    [JsonPropertyName("User")]
    public string? User { get; init; }

    [JsonPropertyName("Env")]
    public IReadOnlyList<string>? Environment { get; init; }

    [JsonPropertyName("Entrypoint")]
    public IReadOnlyList<string>? Entrypoint { get; init; }

    [JsonPropertyName("Cmd")]
    public IReadOnlyList<string>? Command { get; init; }

    [JsonPropertyName("WorkingDir")]
    public string? WorkingDirectory { get; init; }

    [JsonPropertyName("Labels")]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Ports, volumes, the signal to stop and whatever else a base image says travels on.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Further { get; init; }
}

/// <summary>The layers by the digest of their uncompressed tar archives.</summary>
internal sealed record RootFileSystem
{
    [JsonPropertyName("type")]
    public string Type { get; init; } = "layers";

    [JsonPropertyName("diff_ids")]
    public required IReadOnlyList<Digest> DiffIds { get; init; }
}

/// <summary>Where a layer came from, for people.</summary>
internal sealed record LayerHistory
{
    [JsonPropertyName("created")]
    public string? Created { get; init; }

    [JsonPropertyName("created_by")]
    public string? CreatedBy { get; init; }

    /// <summary>An entry of a base image may stand for no layer, which must not get lost: their numbers are compared.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Further { get; init; }
}
