using System.Security.Cryptography;
using Pipeline.Artifacts.Storing;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry.Transfer;

/// <summary>
/// A blob that is not here whole, in the folder <c>.partial</c> of a store, hashed as far as it is here. It survives its process: the next one hashes what it finds
/// and goes on behind it. One process at a time has it.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const int BufferSize = 256 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(7);
    private readonly FileStream file;
    private IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private PartialFile(FileStream file) => this.file = file;

    /// <summary>The bytes that are here.</summary>
    public long Length { get; private set; }

    /// <summary>Whether some of them came before this process, from who knows where.</summary>
    public bool IsInherited { get; private set; }

    public static string PathOf(string root, Digest digest) => Path.Combine(FolderOf(root), digest.Hex);

    /// <summary>Takes away what nobody has gone on with for a week.</summary>
    public static void DeleteAbandoned(string root, DateTimeOffset now)
    {
        foreach (var file in new DirectoryInfo(FolderOf(root)) is { Exists: true } folder ? folder.EnumerateFiles() : [])
        {
            if (file.LastWriteTimeUtc < (now - Abandoned).UtcDateTime)
                file.Delete();
        }
    }

    /// <summary>Opens the file of a blob, waiting for another process that has it.</summary>
    public static async Task<PartialFile> OpenAsync(string root, Digest digest, CancellationToken cancellation)
    {
        var path = PathOf(root, digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream? file;
        while ((file = TryOpen(path)) is null)
            await Task.Delay(Pause, cancellation);
        var partial = new PartialFile(file);
        try
        {
            await partial.HashWhatIsHereAsync(cancellation);
            return partial;
        }
        catch
        {
            partial.Dispose();
            throw;
        }
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await file.WriteAsync(bytes, cancellation);
        hash.AppendData(bytes.Span);
        Length += bytes.Length;
    }

    /// <summary>The digest of what is here. More may be added after.</summary>
    public Digest Digest() => Delivery.Releases.Digest.Parse("sha256:" + Convert.ToHexStringLower(hash.GetCurrentHash()));

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        file.SetLength(0);
        hash.Dispose();
        hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Length = 0;
        IsInherited = false;
    }

    /// <summary>Makes it last over a power cut.</summary>
    public void Flush() => file.Flush(flushToDisk: true);

    /// <summary>Takes it away.</summary>
    public void Delete() => File.Delete(file.Name);

    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
    }

    private static string FolderOf(string root) => Path.Combine(root, ".partial");

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException held) when (FolderLock.IsHeld(held))
        {
            return null;
        }
    }

    private async Task HashWhatIsHereAsync(CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        while (await file.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            Length += read;
        }
        IsInherited = Length > 0;
    }
}
