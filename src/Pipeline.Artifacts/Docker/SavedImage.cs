using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Docker;

/// <summary>The one image in an archive of <c>docker save</c>, of an engine of any age: layers are plain or packed, and one that is there twice is a link.</summary>
internal sealed class SavedImage
{
    private const string Listing = "manifest.json";
    private readonly string archive;
    private readonly IReadOnlyList<string> layers;
    private readonly IReadOnlyDictionary<string, string> links;

    private SavedImage(string archive, ImageConfiguration configuration, IReadOnlyList<string> layers, IReadOnlyDictionary<string, string> links)
    {
        this.archive = archive;
        Configuration = configuration;
        this.layers = layers;
        this.links = links;
    }

    public ImageConfiguration Configuration { get; }

    /// <summary>The unpacked layers, the lowest first.</summary>
    public IReadOnlyList<Digest> Layers => Configuration.RootFileSystem.DiffIds;

    /// <exception cref="DeliveryException">It is no such archive, or holds another number of images than one.</exception>
    public static async Task<SavedImage> OpenAsync(string archive, CancellationToken cancellation)
    {
        var (documents, links) = await ReadAsync(archive, cancellation);
        try
        {
            var images = documents.TryGetValue(Listing, out var listing) ? CanonicalJson.Read<DockerArchiveImage[]>(listing) : [];
            if (images is not [var image] || !documents.TryGetValue(image.Configuration, out var configuration))
                throw new DeliveryException($"{archive} holds {images.Length} images as docker save writes them; save one: docker save --output FILE NAME");
            var saved = new SavedImage(archive, CanonicalJson.Read<ImageConfiguration>(configuration), image.Layers, links);
            return saved.Layers.Count == image.Layers.Count
                ? saved
                : throw new DeliveryException($"{archive} has {image.Layers.Count} layers, and its configuration names {saved.Layers.Count}; save the image again");
        }
        catch (JsonException malformed)
        {
            throw new DeliveryException($"{archive} is no archive of docker save: {malformed.Message}", malformed);
        }
    }

    /// <summary>Opens a layer unpacked. Its bytes are hashed when they have all been read: <see cref="HashingStream.TakeDigest"/>.</summary>
    public async Task ReadLayerAsync(int number, Func<Stream, Task> read, CancellationToken cancellation)
    {
        var name = Resolve(layers[number]);
        await using var file = File.OpenRead(archive);
        await using var reader = new TarReader(file, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            if (Clean(entry.Name) != name || entry.DataStream is not { } data)
                continue;
            await using var plain = await PlainAsync(data, cancellation);
            await using var hashed = new HashingStream(plain, LayerLimits.UnpackedBytes);
            await read(hashed);
            await hashed.CopyToAsync(Stream.Null, cancellation);
            var actual = hashed.TakeDigest();
            if (actual != Layers[number])
                throw new DeliveryException($"{archive}: its layer {number + 1} hashes to {actual} instead of {Layers[number]}; save the image again");
            return;
        }
        throw new DeliveryException($"{archive} names a layer {name} and does not have it; save the image again");
    }

    private static async Task<(Dictionary<string, byte[]> Documents, Dictionary<string, string> Links)> ReadAsync(string archive, CancellationToken cancellation)
    {
        var documents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            await using var file = File.OpenRead(archive);
            await using var reader = new TarReader(file, leaveOpen: true);
            while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
            {
                if (entry.EntryType == TarEntryType.SymbolicLink)
                    links[Clean(entry.Name)] = entry.LinkName;
                else if (entry is { DataStream: { } data, Length: <= LayerLimits.DocumentBytes })
                    documents[Clean(entry.Name)] = await BytesAsync(data, entry.Length, cancellation);
            }
        }
        catch (Exception malformed) when (malformed is EndOfStreamException or FormatException or InvalidDataException or ArgumentException)
        {
            throw new DeliveryException($"{archive} is no archive of docker save: {malformed.Message}", malformed);
        }
        return (documents, links);
    }

    private string Resolve(string name)
    {
        var clean = Clean(name);
        if (!links.TryGetValue(clean, out var target))
            return clean;
        var folder = clean.Contains('/', StringComparison.Ordinal) ? clean[..clean.LastIndexOf('/')] : "";
        return Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", folder, target)));
    }

    private static async Task<Stream> PlainAsync(Stream data, CancellationToken cancellation)
    {
        var start = new byte[2];
        var read = await data.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        data.Position = 0;
        return read == 2 && start is [0x1f, 0x8b] ? new GZipStream(data, CompressionMode.Decompress, leaveOpen: true) : data;
    }

    private static async Task<byte[]> BytesAsync(Stream data, long length, CancellationToken cancellation)
    {
        var bytes = new byte[length];
        await data.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    private static string Clean(string name) => name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
}
