using Pipeline.Artifacts.Files;
using Pipeline.Artifacts.Layers;

namespace Pipeline.Artifacts.Systems;

/// <summary>Everything in a root folder in the order in which it is packed: ordinal by path.</summary>
internal sealed class RootListing
{
    private static readonly HashSet<string> Kernels = new(StringComparer.Ordinal) { "dev", "proc", "sys" };

    private readonly SortedDictionary<string, FileStatus> found = new(StringComparer.Ordinal);
    private readonly List<string> faults = [];
    private readonly string root;

    public RootListing(string root)
    {
        this.root = Path.GetFullPath(root);
        if (Directory.Exists(this.root))
            Visit("");
        else
            faults.Add($"the root folder {this.root} does not exist; name the folder that a system was installed into");
    }

    public IReadOnlyList<string> Faults => faults;

    /// <summary>All paths without a slash at either end, and what lies there.</summary>
    public IReadOnlyDictionary<string, FileStatus> Found => found;

    public string PathOf(string path) => Path.Combine(root, path);

    public string LinkTarget(string path) => new FileInfo(PathOf(path)).LinkTarget ?? "";

    /// <summary>The entries for some of the paths, in order. Of a file with several names among them, the first has the bytes and the others lead to it.</summary>
    public IEnumerable<RootEntry> Entries(IEnumerable<string> paths)
    {
        var firstNames = new Dictionary<ulong, string>();
        foreach (var path in paths)
        {
            var status = found[path];
            if (status.Kind == FileKind.File && status.Links > 1 && !firstNames.TryAdd(status.Mark.Inode, path))
                yield return new(Member(path, status, TarMember.HardLinkType) with { LinkTarget = firstNames[status.Mark.Inode] }, File: null);
            else
                yield return Entry(path, status);
        }
    }

    private RootEntry Entry(string path, FileStatus status) => status.Kind switch
    {
        FileKind.Folder => new(Member(path + "/", status, TarMember.FolderType), File: null),
        FileKind.Link => new(Member(path, status, TarMember.LinkType) with { LinkTarget = LinkTarget(path) }, File: null),
        _ => new(Member(path, status, TarMember.FileType) with { Size = (long)status.Mark.Size }, PathOf(path)),
    };

    private static TarMember Member(string path, FileStatus status, byte type) => new(path, type, Size: 0, status.Mode, status.Owner, status.Group);

    private void Visit(string folder)
    {
        foreach (var full in Directory.EnumerateFileSystemEntries(PathOf(folder)))
        {
            var path = Path.GetRelativePath(root, full);
            var status = FileStatus.TryRead(full);
            if (status is null)
                faults.Add($"{full} went away while it was listed, or this system does not say what it is; system images are built on Linux");
            else if (status.Kind == FileKind.Special)
                faults.Add($"{full} is a device, a socket or a pipe; stop what uses it and take it out of the folder");
            else
                found[path] = status;
            if (status?.Kind == FileKind.Folder && !Kernels.Contains(path))
                Visit(path);
        }
    }
}
