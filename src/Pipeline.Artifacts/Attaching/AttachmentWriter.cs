using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Storing;

namespace Pipeline.Artifacts.Attaching;

/// <summary>
/// Writes an attachment as a manifest with a subject, the shape that OCI gives to artifacts that are no images:
/// https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md#guidelines-for-artifact-usage.
/// </summary>
internal sealed class AttachmentWriter(BlobFolder blobs, IndexFile index)
{
    private static readonly byte[] EmptyDocument = "{}"u8.ToArray();

    public async Task<Attachment> WriteAsync(FolderLock folderLock, Image subject, AttachmentContent content, CancellationToken cancellation)
    {
        var layer = await AddAsync(folderLock, content.MediaType, content.Bytes, cancellation);
        var manifest = new ImageManifest
        {
            ArtifactType = content.ArtifactType,
            Subject = new Descriptor { MediaType = MediaTypes.Manifest, Digest = subject.Digest, Size = subject.ManifestSize },
            Configuration = await AddAsync(folderLock, MediaTypes.Empty, EmptyDocument, cancellation),
            Layers = [layer],
            Annotations = content.Annotations.Count > 0 ? content.Annotations : null,
        };
        var named = await AddAsync(folderLock, MediaTypes.Manifest, CanonicalJson.Write(manifest), cancellation) with
        {
            ArtifactType = content.ArtifactType,
            Annotations = new Dictionary<string, string>(content.Annotations) { [AnnotationKeys.Subject] = subject.Digest.Value },
        };
        index.Attach(folderLock, named);
        return new Attachment(named.Digest, content.ArtifactType, subject.Digest, content.Annotations);
    }

    private Task<Descriptor> AddAsync(FolderLock folderLock, string mediaType, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        blobs.AddAsync(folderLock, mediaType, (output, ct) => output.WriteAsync(content, ct).AsTask(), cancellation);
}
