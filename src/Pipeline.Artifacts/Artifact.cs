using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts;

/// <summary>An image in a store, every byte of which was hashed when this was made.</summary>
/// <param name="Digest">The digest of its manifest: its name.</param>
/// <param name="Version">The version it was built as; empty when another tool made it without one.</param>
/// <param name="Commit">The full commit id; empty when another tool made it without one.</param>
/// <param name="Created">The commit's time.</param>
/// <param name="Size">Bytes of manifest, configuration and layers together.</param>
/// <param name="Layers">The layers, the lowest first.</param>
public sealed record Artifact(
    Digest Digest, string Version, string Commit, DateTimeOffset Created, long Size, IReadOnlyList<ArtifactLayer> Layers);

/// <summary>One layer of an artifact.</summary>
/// <param name="Digest">The digest of its blob.</param>
/// <param name="Size">Its bytes.</param>
public sealed record ArtifactLayer(Digest Digest, long Size);
