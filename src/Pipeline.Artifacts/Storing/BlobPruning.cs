using Pipeline.Artifacts.Attaching;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Storing;

/// <summary>Takes artifacts out of a layout: first their names, then the blobs that nothing names any more.</summary>
internal sealed class BlobPruning(BlobFolder blobs, IndexFile index, ImageReader images, AttachmentReader attachments)
{
    public async Task<IReadOnlyList<ArtifactName>> RunAsync(
        FolderLock folderLock, IReadOnlySet<Digest> keep, Func<Descriptor, ArtifactName> name, CancellationToken cancellation)
    {
        var (images, attached) = await SortAsync(index.Read().Manifests, cancellation);
        var forgotten = images.Where(image => image.MediaType == MediaTypes.Manifest && !keep.Contains(image.Digest)).ToArray();
        var orphaned = attached.Where(attachment => !keep.Contains(attachment.Subject)).Select(attachment => attachment.Entry).ToArray();
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kept in images.Except(forgotten))
            needed.UnionWith(await BlobsOfAsync(kept, cancellation));
        foreach (var kept in attached.Select(attachment => attachment.Entry).Except(orphaned))
            needed.UnionWith(await attachments.BlobsOfAsync(kept, cancellation));
        index.Remove(folderLock, forgotten.Concat(orphaned).Select(entry => entry.Digest).ToHashSet());
        foreach (var blob in Directory.Exists(blobs.Folder) ? Directory.EnumerateFiles(blobs.Folder) : [])
        {
            if (!needed.Contains(Path.GetFileName(blob)))
                File.Delete(blob);
        }
        return [.. forgotten.Select(name)];
    }

    private async Task<(IReadOnlyList<Descriptor> Images, IReadOnlyList<(Descriptor Entry, Digest Subject)> Attached)> SortAsync(
        IReadOnlyList<Descriptor> entries, CancellationToken cancellation)
    {
        var images = new List<Descriptor>();
        var attached = new List<(Descriptor Entry, Digest Subject)>();
        foreach (var entry in entries)
        {
            if (await attachments.SubjectOfAsync(entry, cancellation) is { } subject)
                attached.Add((entry, subject));
            else
                images.Add(entry);
        }
        return (images, attached);
    }

    private async Task<IEnumerable<string>> BlobsOfAsync(Descriptor kept, CancellationToken cancellation)
    {
        if (kept.MediaType != MediaTypes.Manifest)
            throw new Delivery.DeliveryException($"the index names {kept.Digest}, a '{kept.MediaType}' of another tool, whose blobs are not known here; remove it with that tool before pruning");
        var image = await images.ReadAsync(kept.Digest, cancellation);
        return [kept.Digest.Hex, image.Manifest.Configuration.Digest.Hex, .. image.Manifest.Layers.Select(layer => layer.Digest.Hex)];
    }
}
