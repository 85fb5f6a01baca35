using System.Collections.Concurrent;
using Pipeline.Artifacts.Files;
using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Storing;
using Pipeline.Artifacts.Unpacking;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts;

/// <summary>
/// The unpacked applications of this machine, a folder per digest, read-only. Every use hashes the artifact's blobs and then the unpacked files against them:
/// a file that was changed, added or removed since is refused by name. What this object has hashed is hashed again only when the kernel says that something
/// of it was touched since: a deployment uses its application half a dozen times.
/// </summary>
/// <param name="root">The folder of all unpacked applications, normally <c>.pipeline/applications</c>.</param>
/// <param name="store">Where the artifacts are.</param>
public sealed class ApplicationCache(string root, ArtifactStore store) : IApplicationFiles
{
    private readonly string root = Path.GetFullPath(root);
    private readonly ConcurrentDictionary<Digest, VerifiedApplication?> verified = new();

    /// <inheritdoc />
    public async Task<ApplicationFiles> UnpackAsync(Digest digest, CancellationToken cancellation)
    {
        if (verified.GetValueOrDefault(digest) is { } known && known.IsUntouched())
            return known.Files;
        var target = Path.Combine(root, digest.Hex);
        var (image, content) = await store.OpenContentAsync(digest, cancellation);
        var marks = Mark(image, target);
        var tree = await content.ReadTreeAsync(cancellation);
        if (!Directory.Exists(target))
            await UnpackAnewAsync(target, content, tree, cancellation);
        else
            await TreeCheck.RequireSameAsync(digest, target, tree, cancellation);
        var files = ImageCommand.Resolve(image, tree, target);
        verified[digest] = VerifiedApplication.Remember(files, marks);
        return files;
    }

    /// <summary>Deletes every unpacked application but the given ones. The caller knows which are running.</summary>
    public async Task PruneAsync(IReadOnlySet<Digest> keep, CancellationToken cancellation)
    {
        if (!Directory.Exists(root))
            return;
        using var folderLock = await FolderLock.TakeAsync(root, cancellation);
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            if (Digest.TryParse("sha256:" + Path.GetFileName(folder), out var digest) && !keep.Contains(digest))
                Directory.Move(folder, Path.Combine(folderLock.Unfinished, digest.Hex));
        }
    }

    private IReadOnlyDictionary<string, FileMark>? Mark(Image image, string target) => Directory.Exists(target)
        ? VerifiedApplication.Mark(
            [.. store.BlobsOf(image), target, .. TreeWalk.Entries(target)],
            TimeProvider.System.GetUtcNow())
        : null;

    private async Task UnpackAnewAsync(string target, ImageContent content, ImageTree tree, CancellationToken cancellation)
    {
        try
        {
            using var folderLock = await FolderLock.TakeAsync(root, cancellation);
            if (Directory.Exists(target))
                return;
            var unfinished = Path.Combine(folderLock.Unfinished, Path.GetFileName(target));
            await TreeWriter.WriteAsync(content, tree, unfinished, cancellation);
            Directory.Move(unfinished, target);
            DirectorySync.Flush(root);
        }
        catch (Exception fault) when (DiskFault.IsDiskFault(fault))
        {
            throw DiskFault.Describe($"unpacking artifact sha256:{Path.GetFileName(target)}", root, fault);
        }
    }
}
