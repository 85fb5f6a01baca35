using System.Formats.Tar;
using System.IO.Compression;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Storing;

/// <summary>
/// Reads files out of layers that others built, which hold links and devices as systems do. Nothing is unpacked: what is not wanted is passed over.
/// </summary>
internal sealed class FileSelection(BlobFolder blobs, Image image)
{
    private const string Whiteout = ".wh.";
    private const string OpaqueMark = ".wh..wh..opq";
    private readonly Dictionary<string, byte[]> contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> links = new(StringComparer.Ordinal);

    /// <exception cref="DeliveryException">A layer is missing, was changed, or is no archive.</exception>
    public async Task<SelectedFiles> ReadAsync(Func<string, bool> wanted, CancellationToken cancellation)
    {
        for (var layer = 0; layer < image.Manifest.Layers.Count; layer++)
            await ReadLayerAsync(layer, wanted, cancellation);
        return new SelectedFiles(contents, links);
    }

    private async Task ReadLayerAsync(int number, Func<string, bool> wanted, CancellationToken cancellation)
    {
        var layer = image.Manifest.Layers[number];
        await using var blob = await blobs.OpenVerifiedAsync(layer, image.Digest, $"layer {number + 1} of {image.Manifest.Layers.Count}", cancellation);
        await using Stream plain = MediaTypes.OfOci(layer.MediaType) == MediaTypes.LayerGzip ? new GZipStream(blob, CompressionMode.Decompress, leaveOpen: true) : blob;
        await using var tar = new TarReader(plain, leaveOpen: true);
        try
        {
            while (await tar.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
                await TakeAsync(entry, wanted, cancellation);
        }
        catch (Exception malformed) when (malformed is EndOfStreamException or FormatException or ArgumentException or InvalidDataException)
        {
            throw new DeliveryException($"artifact {image.Digest}: its layer {number + 1}, blob {layer.Digest}, is no tar archive: {malformed.Message}; build it again", malformed);
        }
    }

    private async Task TakeAsync(TarEntry entry, Func<string, bool> wanted, CancellationToken cancellation)
    {
        var path = PathOf(entry.Name);
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name == OpaqueMark)
            Remove(path[..^name.Length].TrimEnd('/'));
        else if (name.StartsWith(Whiteout, StringComparison.Ordinal))
            Remove(path[..^name.Length] + name[Whiteout.Length..]);
        else if (!wanted(path))
            return;
        else if (entry.EntryType == TarEntryType.SymbolicLink)
            links[path] = entry.LinkName;
        else if (entry is { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile, Length: <= SelectedFiles.LargestFile })
            contents[path] = await BytesAsync(entry, cancellation);
    }

    private void Remove(string path)
    {
        foreach (var gone in contents.Keys.Where(known => IsAt(known, path)).ToArray())
            contents.Remove(gone);
        foreach (var gone in links.Keys.Where(known => IsAt(known, path)).ToArray())
            links.Remove(gone);
    }

    private static bool IsAt(string known, string path) => path.Length == 0 || known == path || known.StartsWith(path + "/", StringComparison.Ordinal);

    private static string PathOf(string name) => (name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name).Trim('/');

    private static async Task<byte[]> BytesAsync(TarEntry entry, CancellationToken cancellation)
    {
        var content = new byte[entry.Length];
        if (entry.DataStream is { } data)
            await data.ReadExactlyAsync(content, cancellation);
        return content;
    }
}
