using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Artifacts.Oci;

/// <summary>The index of a layout: https://github.com/opencontainers/image-spec/blob/v1.1.0/image-index.md.</summary>
internal sealed record ImageIndex
{
    [JsonPropertyName("schemaVersion")]
    public int SchemaVersion { get; init; } = 2;

    [JsonPropertyName("mediaType")]
    public string MediaType { get; init; } = MediaTypes.Index;

    [JsonPropertyName("manifests")]
    public IReadOnlyList<Descriptor> Manifests { get; init; } = [];

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Further { get; init; }
}
