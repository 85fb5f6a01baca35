using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry;

/// <summary>An image that a registry has now.</summary>
/// <param name="Reference">Where it is, by digest.</param>
/// <param name="Sent">Bytes of blobs that had to travel.</param>
/// <param name="BlobsSent">Blobs that had to travel.</param>
/// <param name="BlobsMounted">Blobs that the registry took from another of its repositories.</param>
/// <param name="BlobsFound">Blobs that the repository had.</param>
/// <param name="Attachments">The manifests that refer to the image and were sent with it.</param>
public sealed record PushedImage(
    RegistryReference Reference, long Sent, int BlobsSent, int BlobsMounted, int BlobsFound, IReadOnlyList<Digest> Attachments);

/// <summary>An image of a registry that a store has now.</summary>
/// <param name="Digest">The digest of its manifest: of the image for the platform, where the reference meant an index.</param>
/// <param name="Received">Bytes of blobs that had to travel; 0 when the store had them all.</param>
/// <param name="Attachments">The manifests that refer to the image and came with it.</param>
public sealed record PulledImage(Digest Digest, long Received, IReadOnlyList<Digest> Attachments);
