using System.Text.Json.Serialization;
using Pipeline.Artifacts.Oci;

namespace Pipeline.Artifacts.Registry.Protocol;

/// <summary>The members of https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md and …/image-index.md that matter for moving an image.</summary>
internal sealed record ManifestContent
{
    [JsonPropertyName("schemaVersion")]
    public int SchemaVersion { get; init; }

    [JsonPropertyName("mediaType")]
    public string? MediaType { get; init; }

    [JsonPropertyName("artifactType")]
    public string? ArtifactType { get; init; }

    [JsonPropertyName("config")]
    public Descriptor? Configuration { get; init; }

    [JsonPropertyName("layers")]
    public IReadOnlyList<Descriptor>? Layers { get; init; }

    [JsonPropertyName("manifests")]
    public IReadOnlyList<Descriptor>? Manifests { get; init; }

    [JsonPropertyName("subject")]
    public Descriptor? Subject { get; init; }

    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
