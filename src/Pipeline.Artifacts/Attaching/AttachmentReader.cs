using System.Text.Json;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Storing;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Attaching;

/// <summary>Finds the attachments of an artifact and reads them, each hashed before it is believed.</summary>
internal sealed class AttachmentReader(BlobFolder blobs, IndexFile index)
{
    private const int LargestDocument = 16 * 1024 * 1024;

    public async Task<IReadOnlyList<Attachment>> ListAsync(Digest subject, CancellationToken cancellation)
    {
        var found = new List<Attachment>();
        foreach (var entry in index.Read().Manifests)
        {
            if (await SubjectOfAsync(entry, cancellation) is { } owner && owner == subject)
                found.Add(Name(entry, subject));
        }
        return found;
    }

    /// <summary>The manifest that an entry of the index is attached to; null when it is an image.</summary>
    /// <exception cref="DeliveryException">Another tool attached it, and its manifest is missing or was changed.</exception>
    public async Task<Digest?> SubjectOfAsync(Descriptor entry, CancellationToken cancellation)
    {
        if (Digest.TryParse(entry.Annotation(AnnotationKeys.Subject), out var noted))
            return noted;
        var mayBeAttached = entry.MediaType == MediaTypes.Manifest && entry.Annotation(AnnotationKeys.Version) is null && File.Exists(blobs.PathOf(entry.Digest));
        return mayBeAttached ? (await ReadManifestAsync(entry.Digest, entry.ArtifactType ?? "attachment", cancellation)).Subject?.Digest : null;
    }

    /// <summary>The one document of an attachment.</summary>
    /// <exception cref="DeliveryException">A blob is missing or was changed, or the manifest is not that of an attachment of its subject.</exception>
    public async Task<byte[]> ReadAsync(Attachment attachment, CancellationToken cancellation)
    {
        var manifest = await ReadManifestAsync(attachment.Digest, attachment.ArtifactType, cancellation);
        if (manifest.Subject?.Digest != attachment.Subject)
            throw new DeliveryException($"attachment {attachment.Digest} ({attachment.ArtifactType}) belongs to {manifest.Subject?.Digest.Value ?? "no artifact"} and not to {attachment.Subject}; attach it anew");
        if (manifest.Layers is not [var layer])
            throw new DeliveryException($"attachment {attachment.Digest} ({attachment.ArtifactType}) has {manifest.Layers.Count} documents instead of one; attach it anew");
        return await ReadBlobAsync(layer, attachment.Digest, $"{attachment.ArtifactType} document", cancellation);
    }

    /// <summary>The blobs of an attachment, by the hexadecimal digits of their digests.</summary>
    public async Task<IEnumerable<string>> BlobsOfAsync(Descriptor entry, CancellationToken cancellation)
    {
        var manifest = await ReadManifestAsync(entry.Digest, entry.ArtifactType ?? "attachment", cancellation);
        return [entry.Digest.Hex, manifest.Configuration.Digest.Hex, .. manifest.Layers.Select(layer => layer.Digest.Hex)];
    }

    private static Attachment Name(Descriptor entry, Digest subject) => new(
        entry.Digest, entry.ArtifactType ?? "", subject,
        entry.Annotations?.Where(pair => pair.Key != AnnotationKeys.Subject).ToDictionary() ?? []);

    private async Task<ImageManifest> ReadManifestAsync(Digest digest, string role, CancellationToken cancellation)
    {
        var content = await ReadBlobAsync(new Descriptor { MediaType = MediaTypes.Manifest, Digest = digest, Size = -1 }, digest, $"{role} manifest", cancellation);
        try
        {
            return CanonicalJson.Read<ImageManifest>(content);
        }
        catch (JsonException malformed)
        {
            throw new DeliveryException($"attachment {digest}: its manifest is not what OCI says it must be: {malformed.Message} Attach it anew", malformed);
        }
    }

    private async Task<byte[]> ReadBlobAsync(Descriptor blob, Digest owner, string role, CancellationToken cancellation)
    {
        await using var file = await blobs.OpenVerifiedAsync(blob, owner, role, cancellation);
        if (file.Length > LargestDocument)
            throw new DeliveryException($"attachment {owner}: its {role} has {file.Length} bytes, and {LargestDocument} are allowed; attach a smaller one");
        var content = new byte[file.Length];
        await file.ReadExactlyAsync(content, cancellation);
        return content;
    }
}
