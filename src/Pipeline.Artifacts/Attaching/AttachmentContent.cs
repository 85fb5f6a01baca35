namespace Pipeline.Artifacts.Attaching;

/// <summary>What is to be attached to an artifact. It refers to the artifact; the artifact's digest does not depend on it.</summary>
/// <param name="ArtifactType">What it is, as a media type: <c>application/vnd.cyclonedx+json</c>.</param>
/// <param name="MediaType">The media type of its bytes.</param>
/// <param name="Bytes">The document; at most 16 MiB.</param>
public sealed record AttachmentContent(string ArtifactType, string MediaType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Notes on it, by the keys of https://github.com/opencontainers/image-spec/blob/v1.1.0/annotations.md; default none.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
