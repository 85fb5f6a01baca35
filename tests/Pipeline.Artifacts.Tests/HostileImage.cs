using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Storing;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Tests;

/// <summary>Writes images that this project would not write, with hashes that are all right.</summary>
internal static class HostileImage
{
    public static byte[] Tar(params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }
        return bytes.ToArray();
    }

    public static TarEntry File(string path, string content = "") =>
        new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) };

    public static TarEntry Link(TarEntryType kind, string path, string target) => new PaxTarEntry(kind, path) { LinkName = target };

    public static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest))
            packed.Write(content);
        return bytes.ToArray();
    }

    /// <summary>Writes a size, in octal, into the header of the first entry and makes its checksum right.</summary>
    public static void ClaimSize(byte[] tar, string octal)
    {
        Encoding.ASCII.GetBytes(octal).CopyTo(tar, 124);
        tar.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(tar.Take(512).Sum(value => value), 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
    }

    public static Task<Digest> WriteAsync(Sample sample, params byte[][] layers) =>
        WriteAsync(sample, MediaTypes.Layer, layers, [.. layers.Select(Hash)]);

    public static async Task<Digest> WriteAsync(Sample sample, string mediaType, byte[][] layers, Digest[] diffIds)
    {
        var blobs = new BlobFolder(sample.StoreRoot);
        using var folderLock = await FolderLock.TakeAsync(sample.StoreRoot, TestContext.Current.CancellationToken);
        var configuration = new ImageConfiguration
        {
            Architecture = "amd64",
            OperatingSystem = "linux",
            Execution = new ExecutionParameters { Entrypoint = ["/app/run"], WorkingDirectory = "/app" },
            RootFileSystem = new RootFileSystem { DiffIds = diffIds },
        };
        var descriptors = new List<Descriptor>();
        foreach (var layer in layers)
            descriptors.Add(await AddAsync(mediaType, layer));
        var manifest = new ImageManifest
        {
            Configuration = await AddAsync(MediaTypes.Configuration, CanonicalJson.Write(configuration)),
            Layers = descriptors,
        };
        return (await AddAsync(MediaTypes.Manifest, CanonicalJson.Write(manifest))).Digest;

        async Task<Descriptor> AddAsync(string type, byte[] content) => await blobs.AddAsync(
            folderLock, type, (output, ct) => output.WriteAsync(content, ct).AsTask(), TestContext.Current.CancellationToken);
    }

    public static Digest Hash(byte[] content) => Digest.Parse("sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)));
}
