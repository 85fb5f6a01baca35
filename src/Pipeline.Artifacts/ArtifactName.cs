using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts;

/// <summary>An artifact as the store's index names it; nothing of it was read yet.</summary>
/// <param name="Digest">The digest of its manifest.</param>
/// <param name="Version">The version it was built as; empty when the index does not say.</param>
/// <param name="Commit">The full commit id; empty when the index does not say.</param>
/// <param name="Created">The commit's time; null when the index does not say.</param>
public sealed record ArtifactName(Digest Digest, string Version, string Commit, DateTimeOffset? Created);
