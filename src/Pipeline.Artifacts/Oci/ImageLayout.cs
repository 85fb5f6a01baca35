using System.Text.Json.Serialization;

namespace Pipeline.Artifacts.Oci;

/// <summary>The marker of an image layout: https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md#oci-layout-file.</summary>
internal sealed record ImageLayout([property: JsonPropertyName("imageLayoutVersion")] string Version);
