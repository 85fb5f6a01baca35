using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Registry.Protocol;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry.Transfer;

/// <summary>All that belongs to a push.</summary>
/// <param name="Images">The manifests of the image, each after those that it names; the one that is pushed is the last.</param>
/// <param name="Attachments">What refers to it, each after what it refers to.</param>
internal sealed record PushedContent(IReadOnlyList<ManifestDocument> Images, IReadOnlyList<ManifestDocument> Attachments)
{
    public ManifestDocument Root => Images[^1];

    /// <summary>The longest first: it is the one that the others wait for.</summary>
    public IReadOnlyList<PushedBlob> Blobs =>
    [
        .. Images.Concat(Attachments).SelectMany(document => document.Blobs.Select(blob => new PushedBlob(blob, document.Digest)))
            .DistinctBy(blob => blob.Descriptor.Digest).OrderByDescending(blob => blob.Descriptor.Size),
    ];

    public static async Task<PushedContent> ReadAsync(LocalLayout layout, Digest digest, CancellationToken cancellation)
    {
        var root = await layout.ReadAsync(digest, cancellation);
        var images = new List<ManifestDocument>();
        foreach (var child in root.Manifests)
            images.AddRange((await ReadAsync(layout, child.Digest, cancellation)).Images);
        return new([.. images.DistinctBy(image => image.Digest), root], await layout.AttachmentsOfAsync(digest, cancellation));
    }
}

/// <summary>A blob and the manifest that needs it.</summary>
internal sealed record PushedBlob(Descriptor Descriptor, Digest Owner);
