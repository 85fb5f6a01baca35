using System.IO.Compression;
using System.Runtime.CompilerServices;
using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Storing;

/// <summary>The application's files in a verified image. The layers of its base are nothing that is unpacked.</summary>
internal sealed class ImageContent(BlobFolder blobs, Image image, KnownTrees known)
{
    private readonly string? folder = image.Label(AnnotationKeys.ApplicationFolder)?.Trim('/');

    /// <summary>Reads every layer of the application to its end: what files there are, with the hash of each.</summary>
    /// <exception cref="DeliveryException">A layer is malformed, holds what is not allowed, or is not the one that the configuration names.</exception>
    public Task<ImageTree> ReadTreeAsync(CancellationToken cancellation) => known.ReadAsync(image, () => ReadAnewAsync(cancellation));

    /// <summary>The bytes of the wanted files that are seen, in the order of the layers; each to be read before the next. Layers without any are not read.</summary>
    public async IAsyncEnumerable<LayerEntry> FilesAsync(ImageTree tree, Func<string, bool> wanted, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var layers = tree.Files.Where(file => wanted(file.Key)).Select(file => file.Value.Layer).Distinct().Order().ToList();
        foreach (var layer in layers)
        {
            await foreach (var entry in EntriesAsync(layer, cancellation))
            {
                if (entry.Kind == LayerEntryKind.File && wanted(entry.Path) && tree.Files.TryGetValue(entry.Path, out var seen) && seen.Layer == layer)
                    yield return entry;
            }
        }
    }

    /// <summary>Some of the application's files and links, as they are seen. Files of more than 32 MB are not among them.</summary>
    public async Task<SelectedFiles> SelectAsync(Func<string, bool> wanted, CancellationToken cancellation)
    {
        var tree = await ReadTreeAsync(cancellation);
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await foreach (var file in FilesAsync(tree, path => wanted(path) && tree.Files[path].Size <= SelectedFiles.LargestFile, cancellation))
        {
            var content = new byte[file.Size];
            await file.Content.ReadExactlyAsync(content, cancellation);
            contents[file.Path] = content;
        }
        return new SelectedFiles(contents, tree.Links.Where(link => wanted(link.Key)).ToDictionary(link => link.Key, link => link.Value.Target, StringComparer.Ordinal));
    }

    private async Task<ImageTree> ReadAnewAsync(CancellationToken cancellation)
    {
        var tree = new ImageTree();
        var builder = new ImageTreeBuilder(tree, folder);
        for (var layer = image.FirstApplicationLayer; layer < image.Manifest.Layers.Count; layer++)
        {
            builder.StartLayer();
            await foreach (var entry in EntriesAsync(layer, cancellation))
                await Guarded(layer, () => builder.AddAsync(layer, entry, cancellation));
        }
        await Guarded(image.Manifest.Layers.Count - 1, () =>
        {
            tree.Complete();
            return Task.CompletedTask;
        });
        return tree;
    }

    private async IAsyncEnumerable<LayerEntry> EntriesAsync(int layer, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var descriptor = image.Manifest.Layers[layer];
        await using var blob = await blobs.OpenVerifiedAsync(descriptor, image.Digest, $"layer {layer + 1} of {image.Manifest.Layers.Count}", cancellation);
        await using Stream plain = MediaTypes.OfOci(descriptor.MediaType) == MediaTypes.LayerGzip ? new GZipStream(blob, CompressionMode.Decompress, leaveOpen: true) : blob;
        await using var hashed = new HashingStream(plain, LayerLimits.UnpackedBytes);
        await using var entries = LayerReader.ReadAsync(hashed, cancellation).GetAsyncEnumerator(cancellation);
        while (await Guarded(layer, async () => await entries.MoveNextAsync()))
        {
            if (IsOfTheApplication(entries.Current))
                yield return entries.Current;
        }
        await Guarded(layer, () => hashed.CopyToAsync(Stream.Null, cancellation));
        var (actual, expected) = (hashed.TakeDigest(), image.Configuration.RootFileSystem.DiffIds[layer]);
        if (actual != expected)
            throw Refusal(layer, $"unpacks to {actual} instead of {expected}");
    }

    private bool IsOfTheApplication(LayerEntry entry) => LayerPath.IsInside(folder ?? "", entry.Path);

    private Task<bool> Guarded(int layer, Func<Task> read) => Guarded(layer, async () =>
    {
        await read();
        return true;
    });

    private async Task<T> Guarded<T>(int layer, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (InvalidDataException refused)
        {
            throw Refusal(layer, refused.Message, refused);
        }
    }

    private DeliveryException Refusal(int layer, string reason, Exception? cause = null) =>
        new($"artifact {image.Digest}: its layer {layer + 1}, blob {image.Manifest.Layers[layer].Digest}, is refused: {reason}; build it again with ./build.sh --target BuildImage --force BuildImage", cause);
}
