using System.Text.Json.Serialization;
using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Docker;

/// <summary>
/// Images in the format of <c>docker save</c> and <c>docker load</c>: how an engine gets one without a registry. An engine names what it loaded by the digest of
/// the configuration, and knows nothing of the manifest's: https://github.com/moby/moby/blob/v20.10.24/image/spec/v1.2.md#combined-image-json--filesystem-changeset-format.
/// </summary>
public static class DockerArchive
{
    private const string Listing = "manifest.json";

    /// <summary>Writes an image of a store as an archive for <c>docker load</c>, hashing all of it on the way.</summary>
    /// <param name="image">The image.</param>
    /// <param name="names">The names that it gets in the engine, such as <c>shop:1.2.3</c>; may be none.</param>
    /// <param name="output">Where the archive goes: a file, or the standard input of <c>docker load</c>.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <returns>The id that the engine will give it.</returns>
    /// <exception cref="DeliveryException">The image is not in the store, or a blob is missing or was changed.</exception>
    public static async Task<Digest> WriteAsync(BaseImage image, IReadOnlyList<string> names, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(output);
        var (opened, _) = await image.Store.OpenContentAsync(image.Digest, cancellation);
        var configuration = opened.Manifest.Configuration;
        var layers = opened.Manifest.Layers.Select(layer => (Blob: layer, Name: $"{layer.Digest.Hex}/layer.tar")).DistinctBy(layer => layer.Name);
        foreach (var (blob, name) in layers.Append((configuration, ConfigurationName(configuration))))
        {
            await output.WriteAsync(TarHeader.File(name, blob.Size, executable: false, modifiedAt: 0), cancellation);
            await image.Store.CopyBlobAsync(blob, image.Digest, output, cancellation);
            await PadAsync(output, blob.Size, cancellation);
        }
        var listing = CanonicalJson.Write<DockerArchiveImage[]>(
            [new(ConfigurationName(configuration), names, [.. opened.Manifest.Layers.Select(layer => $"{layer.Digest.Hex}/layer.tar")])]);
        await output.WriteAsync(TarHeader.File(Listing, listing.Length, executable: false, modifiedAt: 0), cancellation);
        await output.WriteAsync(listing, cancellation);
        await PadAsync(output, listing.Length, cancellation);
        await output.WriteAsync(new byte[2 * TarHeader.BlockSize], cancellation);
        await output.FlushAsync(cancellation);
        return configuration.Digest;
    }

    /// <summary>The id that an engine gives an image: the digest of its configuration.</summary>
    /// <exception cref="DeliveryException">The image is not in the store.</exception>
    public static async Task<Digest> ReadIdAsync(BaseImage image, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(image);
        return (await image.Store.OpenContentAsync(image.Digest, cancellation)).Image.Manifest.Configuration.Digest;
    }

    private static string ConfigurationName(Descriptor configuration) => $"{configuration.Digest.Hex}.json";

    private static ValueTask PadAsync(Stream output, long size, CancellationToken cancellation) =>
        output.WriteAsync(new byte[(TarHeader.BlockSize - (size % TarHeader.BlockSize)) % TarHeader.BlockSize], cancellation);
}

/// <summary>What <c>manifest.json</c> says of one image of an archive.</summary>
internal sealed record DockerArchiveImage(
    [property: JsonPropertyName("Config")] string Configuration,
    [property: JsonPropertyName("RepoTags")] IReadOnlyList<string>? Names,
    [property: JsonPropertyName("Layers")] IReadOnlyList<string> Layers);
