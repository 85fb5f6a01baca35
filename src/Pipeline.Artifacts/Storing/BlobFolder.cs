using System.Security.Cryptography;
using Pipeline.Artifacts.Files;
using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Storing;

/// <summary>The folder <c>blobs/sha256</c> of a layout. A blob is either there with all its bytes or not at all.</summary>
internal sealed class BlobFolder
{
    private const int BufferSize = 128 * 1024;

    private const string Remedy =
        "build it again from the same commit with ./build.sh --target BuildImage --force BuildImage, or copy .pipeline/artifacts anew from the machine that built it";

    private readonly VerifiedBlobs verified;

    /// <param name="root">The folder of the layout.</param>
    public BlobFolder(string root)
    {
        Folder = Path.Combine(root, "blobs", "sha256");
        verified = new VerifiedBlobs(root, PathOf);
    }

    public string Folder { get; }

    public string PathOf(Digest digest) => Path.Combine(Folder, digest.Hex);

    /// <summary>The files of an image's blobs.</summary>
    public IEnumerable<string> PathsOf(Image image) =>
        [PathOf(image.Digest), PathOf(image.Manifest.Configuration.Digest), .. image.Manifest.Layers.Select(layer => PathOf(layer.Digest))];

    /// <summary>Writes a blob under the lock. One that is there already is replaced: that heals it when it was damaged.</summary>
    public async Task<Descriptor> AddAsync(
        FolderLock folderLock, string mediaType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        var unfinished = Path.Combine(folderLock.Unfinished, Guid.NewGuid().ToString("N"));
        Descriptor descriptor;
        await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize))
        {
            await using var hashed = new HashingStream(file);
            await write(hashed, cancellation);
            await file.FlushAsync(cancellation);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
            descriptor = new Descriptor { MediaType = mediaType, Size = hashed.Count, Digest = hashed.TakeDigest() };
        }
        File.Move(unfinished, PathOf(descriptor.Digest), overwrite: true);
        DirectorySync.Flush(Folder);
        return descriptor;
    }

    /// <summary>Opens a blob after hashing the very file that is then read, so that nothing can be exchanged in between.</summary>
    /// <param name="descriptor">What is expected.</param>
    /// <param name="owner">The artifact it belongs to, for the message.</param>
    /// <param name="role">What it is there: <c>manifest</c>, <c>layer 1 of 2</c>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="DeliveryException">The blob is missing, shorter, longer or changed.</exception>
    public async Task<FileStream> OpenVerifiedAsync(Descriptor descriptor, Digest owner, string role, CancellationToken cancellation)
    {
        var name = $"artifact {owner}: its {role}, blob {descriptor.Digest}";
        var path = PathOf(descriptor.Digest);
        var file = Open(path, name);
        try
        {
            if (descriptor.Size >= 0 && file.Length != descriptor.Size)
                throw new DeliveryException($"{name}, has {file.Length} bytes instead of {descriptor.Size} ({path}); {Remedy}");
            var actual = await HashAsync(file, descriptor.Digest, cancellation);
            if (actual != descriptor.Digest)
                throw new DeliveryException($"{name}, was changed: its bytes hash to {actual} ({path}); {Remedy}");
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether a blob is here with the right bytes.</summary>
    public async Task<bool> HasVerifiedAsync(Descriptor descriptor, CancellationToken cancellation)
    {
        var path = PathOf(descriptor.Digest);
        if (!File.Exists(path))
            return false;
        await using var file = Open(path, $"blob {descriptor.Digest}");
        return file.Length == descriptor.Size && await HashAsync(file, descriptor.Digest, cancellation) == descriptor.Digest;
    }

    /// <summary>Every blob is hashed anew when it is used next.</summary>
    public void DoubtAll() => verified.Forget();

    /// <summary>Hashes an open blob, unless the kernel says that it was not touched since it was hashed before.</summary>
    private async Task<Digest> HashAsync(FileStream file, Digest expected, CancellationToken cancellation)
    {
        var mark = FileStatus.TryRead(file.SafeFileHandle)?.Mark;
        if (mark is not null && verified.Holds(expected, mark.Value))
            return expected;
        var settled = mark?.IsSettled(TimeProvider.System.GetUtcNow()) == true;
        var actual = Digest.Parse("sha256:" + Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)));
        if (actual == expected && settled)
            verified.Add(expected, mark!.Value);
        file.Position = 0;
        return actual;
    }

    private static FileStream Open(string path, string name)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DeliveryException($"{name}, is missing ({path}); {Remedy}", missing);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new DeliveryException($"{name}, cannot be read ({path}): {denied.Message} Give this user the right to read it", denied);
        }
    }
}
