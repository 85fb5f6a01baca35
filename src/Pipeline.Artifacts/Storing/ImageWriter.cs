using Pipeline.Artifacts.Oci;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Storing;

/// <summary>Writes the blobs of an image, layers first, so that nothing is named before it is there.</summary>
internal sealed class ImageWriter(BlobFolder blobs, IndexFile index)
{
    public async Task<Artifact> WriteAsync(FolderLock folderLock, ImagePlan plan, CancellationToken cancellation)
    {
        var below = plan.Base is null ? null : await BringAsync(folderLock, plan, plan.Base, cancellation);
        var own = new List<Descriptor>();
        foreach (var layer in plan.Layers)
            own.Add(await blobs.AddAsync(folderLock, MediaTypes.Layer, layer.Write, cancellation));
        var configuration = await AddAsync(folderLock, MediaTypes.Configuration, ImageDocuments.Configuration(plan, below, own), cancellation);
        var document = ImageDocuments.Manifest(plan, below, configuration, own);
        var manifest = await AddAsync(folderLock, MediaTypes.Manifest, document, cancellation);
        index.Add(folderLock, ImageDocuments.IndexEntry(plan, manifest));
        return new Artifact(
            manifest.Digest, plan.Version, plan.Commit, DateTimeOffset.FromUnixTimeSeconds(plan.Created.ToUnixTimeSeconds()),
            manifest.Size + configuration.Size + document.Layers.Sum(layer => layer.Size), [.. document.Layers.Select(layer => new ArtifactLayer(layer.Digest, layer.Size))]);
    }

    /// <summary>Copies the base's layers, hashed on the way. A layer that is here already is hashed only, unless this process has done so.</summary>
    private async Task<Image> BringAsync(FolderLock folderLock, ImagePlan plan, BaseImage source, CancellationToken cancellation)
    {
        var (below, _) = await source.Store.OpenContentAsync(source.Digest, cancellation);
        var (architecture, system) = (below.Configuration.Architecture, below.Configuration.OperatingSystem);
        if ((architecture, system) != (plan.Architecture, plan.OperatingSystem))
            throw new DeliveryException($"the image of {plan.Name} is for {plan.OperatingSystem}/{plan.Architecture}, and its base image {source.Name} ({source.Digest}) for {system}/{architecture}; name a base for {plan.OperatingSystem}/{plan.Architecture}");
        foreach (var layer in below.Manifest.Layers)
        {
            if (!await blobs.HasVerifiedAsync(layer, cancellation))
                await source.Store.CopyBlobAsync(layer, source.Digest, blobs, folderLock, cancellation);
        }
        return below;
    }

    private Task<Descriptor> AddAsync<T>(FolderLock folderLock, string mediaType, T document, CancellationToken cancellation) =>
        blobs.AddAsync(folderLock, mediaType, (output, ct) => output.WriteAsync(CanonicalJson.Write(document), ct).AsTask(), cancellation);
}
