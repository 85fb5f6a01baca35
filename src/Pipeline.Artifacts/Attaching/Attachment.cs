using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Attaching;

/// <summary>Something that is said of an artifact beside it, as the store's index names it: a bill of materials, its provenance.</summary>
/// <param name="Digest">The digest of its manifest.</param>
/// <param name="ArtifactType">What it is, as a media type.</param>
/// <param name="Subject">The digest of the manifest that it is attached to.</param>
/// <param name="Annotations">What its maker noted on it; nothing of it was hashed yet.</param>
public sealed record Attachment(Digest Digest, string ArtifactType, Digest Subject, IReadOnlyDictionary<string, string> Annotations);
