using System.Text.Json.Serialization;

namespace Pipeline.Artifacts.Oci;

/// <summary>The image manifest: https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md.</summary>
internal sealed record ImageManifest
{
    [JsonPropertyName("schemaVersion")]
    public int SchemaVersion { get; init; } = 2;

    [JsonPropertyName("mediaType")]
    public string MediaType { get; init; } = MediaTypes.Manifest;

    /// <summary>What kind of artifact this is, when it is no image but is attached to one.</summary>
    [JsonPropertyName("artifactType")]
    public string? ArtifactType { get; init; }

    /// <summary>The manifest that this one is attached to; null for an image.</summary>
    [JsonPropertyName("subject")]
    public Descriptor? Subject { get; init; }

    [JsonPropertyName("config")]
    public required Descriptor Configuration { get; init; }

    [JsonPropertyName("layers")]
    public required IReadOnlyList<Descriptor> Layers { get; init; }

    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
