using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Oci;

/// <summary>Names a blob by content: https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md.</summary>
internal sealed record Descriptor
{
    [JsonPropertyName("mediaType")]
    public required string MediaType { get; init; }

    [JsonPropertyName("digest")]
    public required Digest Digest { get; init; }

    [JsonPropertyName("size")]
    public required long Size { get; init; }

    /// <summary>What kind of artifact a manifest is; null for an image.</summary>
    [JsonPropertyName("artifactType")]
    public string? ArtifactType { get; init; }

    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>What other tools wrote here survives a rewrite of the index.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Further { get; init; }

    public string? Annotation(string key) => Annotations?.GetValueOrDefault(key);
}
