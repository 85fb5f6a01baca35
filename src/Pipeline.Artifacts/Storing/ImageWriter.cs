using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Oci;

namespace Pipeline.Artifacts.Storing;

/// <summary>Writes the blobs of an image, layers first, so that nothing is named before it is there.</summary>
internal sealed class ImageWriter(BlobFolder blobs)
{
    /// <summary>Checks everything that can be known before a byte is written.</summary>
    /// <exception cref="Delivery.DeliveryException">The specification or a folder has faults; all are listed.</exception>
    public static IReadOnlyList<FolderListing> Check(ImageSpecification image)
    {
        var listings = image.Layers.Select(FolderListing.Of).ToArray();
        var faults = SpecificationCheck.Faults(image).Concat(listings.SelectMany(listing => listing.Faults)).ToArray();
        return faults.Length == 0 ? listings : throw SpecificationCheck.Refusal(image, faults);
    }

    public async Task<Artifact> WriteAsync(
        FolderLock folderLock, ImageSpecification image, IReadOnlyList<FolderListing> listings, IndexFile index, CancellationToken cancellation)
    {
        var layers = new List<Descriptor>();
        foreach (var listing in listings)
        {
            layers.Add(await blobs.AddAsync(
                folderLock, MediaTypes.Layer, (output, ct) => new LayerWriter(image.Created).WriteAsync(listing.Entries, output, ct), cancellation));
        }
        var configuration = await AddAsync(
            folderLock, MediaTypes.Configuration, ImageDocuments.Configuration(image, layers, Migrations(image, listings)), cancellation);
        var manifest = await AddAsync(folderLock, MediaTypes.Manifest, ImageDocuments.Manifest(image, configuration, layers), cancellation);
        index.Add(folderLock, ImageDocuments.IndexEntry(image, manifest));
        return new Artifact(
            manifest.Digest, image.Version, image.Commit, DateTimeOffset.FromUnixTimeSeconds(image.Created.ToUnixTimeSeconds()),
            manifest.Size + configuration.Size + layers.Sum(layer => layer.Size), [.. layers.Select(layer => new ArtifactLayer(layer.Digest, layer.Size))]);
    }

    private static IEnumerable<string> Migrations(ImageSpecification image, IReadOnlyList<FolderListing> listings) =>
        listings.SelectMany(listing => listing.Entries)
            .Select(entry => MigrationFiles.Id(entry.Path, image.WorkingDirectory.Trim('/'))).OfType<string>()
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private Task<Descriptor> AddAsync<T>(FolderLock folderLock, string mediaType, T document, CancellationToken cancellation) =>
        blobs.AddAsync(folderLock, mediaType, (output, ct) => output.WriteAsync(CanonicalJson.Write(document), ct).AsTask(), cancellation);
}
