using System.Text.Json;
using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Storing;

/// <summary>Reads manifests and configurations, each hashed before it is believed.</summary>
internal sealed class ImageReader(BlobFolder blobs)
{
    /// <exception cref="DeliveryException">A blob is missing or was changed; all that are so are named.</exception>
    public async Task<Image> ReadAsync(Digest digest, CancellationToken cancellation)
    {
        var descriptor = new Descriptor { MediaType = MediaTypes.Manifest, Digest = digest, Size = -1 };
        var (manifest, size) = await ReadDocumentAsync<ImageManifest>(descriptor, digest, "manifest", cancellation);
        Check(manifest, digest);
        await VerifyBlobsAsync(manifest, digest, cancellation);
        var (configuration, _) = await ReadDocumentAsync<ImageConfiguration>(manifest.Configuration, digest, "configuration", cancellation);
        Check(manifest, configuration, digest);
        return new Image(digest, size, manifest, configuration);
    }

    private static void Check(ImageManifest manifest, Digest digest)
    {
        if (manifest.SchemaVersion != 2 || MediaTypes.OfOci(manifest.MediaType) != MediaTypes.Manifest)
            throw new DeliveryException($"artifact {digest} is a '{manifest.MediaType}' of schema {manifest.SchemaVersion} and no OCI image manifest; give the digest of an image");
        foreach (var layer in manifest.Layers.Where(layer => MediaTypes.OfOci(layer.MediaType) is not (MediaTypes.Layer or MediaTypes.LayerGzip)))
            throw new DeliveryException($"artifact {digest}: layer {layer.Digest} is a '{layer.MediaType}'; only {MediaTypes.Layer} and {MediaTypes.LayerGzip} are read: convert the image");
    }

    private static void Check(ImageManifest manifest, ImageConfiguration configuration, Digest digest)
    {
        var diffs = configuration.RootFileSystem.DiffIds;
        if (diffs.Count != manifest.Layers.Count)
            throw new DeliveryException($"artifact {digest}: its configuration names {diffs.Count} layers and its manifest {manifest.Layers.Count}; build it again");
        for (var layer = 0; layer < diffs.Count; layer++)
        {
            if (manifest.Layers[layer].MediaType == MediaTypes.Layer && manifest.Layers[layer].Digest != diffs[layer])
                throw new DeliveryException($"artifact {digest}: its layer {layer + 1} is {manifest.Layers[layer].Digest}, and its configuration says {diffs[layer]}; build it again");
        }
    }

    private async Task VerifyBlobsAsync(ImageManifest manifest, Digest digest, CancellationToken cancellation)
    {
        var faults = new List<DeliveryException>();
        foreach (var (descriptor, role) in Roles(manifest))
        {
            try
            {
                await using var blob = await blobs.OpenVerifiedAsync(descriptor, digest, role, cancellation);
            }
            catch (DeliveryException fault)
            {
                faults.Add(fault);
            }
        }
        if (faults.Count > 0)
            throw new DeliveryException(string.Join('\n', faults.Select(fault => fault.Message)), faults[0]);
    }

    private static IEnumerable<(Descriptor Descriptor, string Role)> Roles(ImageManifest manifest) =>
        manifest.Layers.Select((layer, number) => (layer, LayerRole(manifest, number))).Prepend((manifest.Configuration, "configuration"));

    private static string LayerRole(ImageManifest manifest, int number) => $"layer {number + 1} of {manifest.Layers.Count}";

    private async Task<(T Document, long Size)> ReadDocumentAsync<T>(Descriptor descriptor, Digest owner, string role, CancellationToken cancellation)
    {
        await using var blob = await blobs.OpenVerifiedAsync(descriptor, owner, role, cancellation);
        if (blob.Length > LayerLimits.DocumentBytes)
            throw new DeliveryException($"artifact {owner}: its {role} has {blob.Length} bytes, and {LayerLimits.DocumentBytes} are allowed; is it a manifest?");
        var content = new byte[blob.Length];
        await blob.ReadExactlyAsync(content, cancellation);
        try
        {
            return (CanonicalJson.Read<T>(content), content.Length);
        }
        catch (JsonException malformed)
        {
            throw new DeliveryException($"artifact {owner}: its {role} is not what OCI says it must be: {malformed.Message} Give the digest of an image", malformed);
        }
    }
}
