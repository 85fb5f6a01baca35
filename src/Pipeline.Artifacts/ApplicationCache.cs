using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Storing;
using Pipeline.Artifacts.Unpacking;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts;

/// <summary>
/// The unpacked applications of this machine, a folder per digest, read-only. Every use hashes the artifact's blobs and then the unpacked files against them:
/// a file that was changed, added or removed since is refused by name.
/// </summary>
/// <param name="root">The folder of all unpacked applications, normally <c>.pipeline/applications</c>.</param>
/// <param name="store">Where the artifacts are.</param>
public sealed class ApplicationCache(string root, ArtifactStore store) : IApplicationFiles
{
    private readonly string root = Path.GetFullPath(root);

    /// <inheritdoc />
    public async Task<ApplicationFiles> UnpackAsync(Digest digest, CancellationToken cancellation)
    {
        var (image, content) = await store.OpenContentAsync(digest, cancellation);
        var tree = await content.ReadTreeAsync(cancellation);
        var target = Path.Combine(root, digest.Hex);
        if (!Directory.Exists(target))
            await UnpackAnewAsync(target, content, tree, cancellation);
        else
            await TreeCheck.RequireSameAsync(digest, target, tree, cancellation);
        return ImageCommand.Resolve(image, tree, target);
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
