using Pipeline.Artifacts.Files;
using Pipeline.Artifacts.Layers;

namespace Pipeline.Artifacts.Systems;

/// <summary>What one root folder has that the one below it has not, and what it lacks: https://github.com/opencontainers/image-spec/blob/v1.1.0/layer.md#representing-changes.</summary>
internal sealed class RootDifference(RootListing upper, RootListing lower)
{
    public async Task<IReadOnlyList<RootEntry>> EntriesAsync(CancellationToken cancellation)
    {
        var changed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (path, status) in upper.Found)
        {
            if (!await IsSameAsync(path, status, cancellation))
                changed.Add(path);
        }
        // A file with several names is packed with all of them, or they would part.
        var inodes = changed.Select(path => upper.Found[path]).Where(status => status.Kind == FileKind.File).Select(status => status.Mark.Inode).ToHashSet();
        changed.UnionWith(upper.Found.Where(pair => pair.Value is { Kind: FileKind.File, Links: > 1 } && inodes.Contains(pair.Value.Mark.Inode)).Select(pair => pair.Key));
        var removed = lower.Found.Keys.Where(path => !upper.Found.ContainsKey(path) && !LayerPath.Parents(path).Any(IsNoFolderAbove));
        changed.UnionWith(changed.Concat(removed).SelectMany(LayerPath.Parents).Where(upper.Found.ContainsKey).ToArray());
        return [.. upper.Entries(changed).Concat(removed.Select(Whiteout)).OrderBy(entry => entry.Member.Path, StringComparer.Ordinal)];

        bool IsNoFolderAbove(string parent) => upper.Found.GetValueOrDefault(parent) is not { Kind: FileKind.Folder };
    }

    private static RootEntry Whiteout(string path)
    {
        var name = path.LastIndexOf('/') + 1;
        return new(new(path.Insert(name, ".wh."), TarMember.FileType, Size: 0, TarMember.DataMode), File: null);
    }

    private async Task<bool> IsSameAsync(string path, FileStatus status, CancellationToken cancellation) =>
        lower.Found.GetValueOrDefault(path) is { } below
        && (below.Kind, below.Mode, below.Owner, below.Group) == (status.Kind, status.Mode, status.Owner, status.Group)
        && status.Kind switch
        {
            FileKind.File => below.Mark.Size == status.Mark.Size && await HaveSameBytesAsync(upper.PathOf(path), lower.PathOf(path), cancellation),
            FileKind.Link => upper.LinkTarget(path) == lower.LinkTarget(path),
            _ => true,
        };

    private static async Task<bool> HaveSameBytesAsync(string left, string right, CancellationToken cancellation)
    {
        var one = await File.ReadAllBytesAsync(left, cancellation);
        var other = await File.ReadAllBytesAsync(right, cancellation);
        return one.AsSpan().SequenceEqual(other);
    }
}
