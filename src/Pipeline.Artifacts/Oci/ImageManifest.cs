using System.Text.Json.Serialization;

namespace Pipeline.Artifacts.Oci;

/// <summary>The image manifest: https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md.</summary>
internal sealed record ImageManifest
{
    [JsonPropertyName("schemaVersion")]
    public int SchemaVersion { get; init; } = 2;

    [JsonPropertyName("mediaType")]
    public string MediaType { get; init; } = MediaTypes.Manifest;

    [JsonPropertyName("config")]
    public required Descriptor Configuration { get; init; }

    [JsonPropertyName("layers")]
    public required IReadOnlyList<Descriptor> Layers { get; init; }

    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
