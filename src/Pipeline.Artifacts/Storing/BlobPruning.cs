using Pipeline.Artifacts.Oci;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Storing;

/// <summary>Takes artifacts out of a layout: first their names, then the blobs that nothing names any more.</summary>
internal sealed class BlobPruning(BlobFolder blobs, IndexFile index, ImageReader images)
{
    public async Task<IReadOnlyList<ArtifactName>> RunAsync(
        FolderLock folderLock, IReadOnlySet<Digest> keep, Func<Descriptor, ArtifactName> name, CancellationToken cancellation)
    {
        var manifests = index.Read().Manifests;
        var forgotten = manifests.Where(image => image.MediaType == MediaTypes.Manifest && !keep.Contains(image.Digest)).ToArray();
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kept in manifests.Except(forgotten))
            needed.UnionWith(await BlobsOfAsync(kept, cancellation));
        index.Remove(folderLock, forgotten.Select(image => image.Digest).ToHashSet());
        foreach (var blob in Directory.Exists(blobs.Folder) ? Directory.EnumerateFiles(blobs.Folder) : [])
        {
            if (!needed.Contains(Path.GetFileName(blob)))
                File.Delete(blob);
        }
        return [.. forgotten.Select(name)];
    }

    private async Task<IEnumerable<string>> BlobsOfAsync(Descriptor kept, CancellationToken cancellation)
    {
        if (kept.MediaType != MediaTypes.Manifest)
            throw new Delivery.DeliveryException($"the index names {kept.Digest}, a '{kept.MediaType}' of another tool, whose blobs are not known here; remove it with that tool before pruning");
        var image = await images.ReadAsync(kept.Digest, cancellation);
        return [kept.Digest.Hex, image.Manifest.Configuration.Digest.Hex, .. image.Manifest.Layers.Select(layer => layer.Digest.Hex)];
    }
}
