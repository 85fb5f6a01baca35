using System.Text;

namespace Pipeline.Artifacts.Layers;

/// <summary>Everything in a folder in the order in which it is packed: ordinal by path, so that every folder stands before what is in it.</summary>
internal sealed class FolderListing
{
    private readonly List<PackedEntry> entries = [];
    private readonly List<string> faults = [];

    private FolderListing(LayerSource source)
    {
        AddParents(source.Target);
        if (!Directory.Exists(source.Directory))
            faults.Add($"layer {source.Target}: the folder {source.Directory} does not exist; publish the application first");
        else
            Visit(new DirectoryInfo(source.Directory), source.Target.Trim('/'));
        if (faults.Count == 0 && !entries.Exists(entry => entry.File is not null))
            faults.Add($"layer {source.Target}: the folder {source.Directory} has no files; publish the application first");
        entries.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
    }

    public IReadOnlyList<PackedEntry> Entries => entries;

    public IReadOnlyList<string> Faults => faults;

    public static FolderListing Of(LayerSource source) => new(source);

    private void AddParents(string target)
    {
        var path = "";
        foreach (var segment in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
            entries.Add(new PackedEntry(path += segment + "/", File: null));
    }

    private void Visit(DirectoryInfo folder, string target)
    {
        foreach (var item in folder.EnumerateFileSystemInfos())
        {
            var path = target.Length == 0 ? item.Name : $"{target}/{item.Name}";
            if (Fault(item, path) is { } fault)
            {
                faults.Add(fault);
            }
            else if (item is DirectoryInfo inner)
            {
                entries.Add(new PackedEntry(path + "/", File: null));
                Visit(inner, path);
            }
            else
            {
                entries.Add(new PackedEntry(path, item.FullName));
            }
        }
    }

    private static string? Fault(FileSystemInfo item, string path)
    {
        if (item.LinkTarget is { } link)
            return $"{item.FullName} is a link to {link}; an image holds regular files only: put the file itself there";
        if (item is FileInfo && (item.Attributes & FileAttributes.Device) != 0)
            return $"{item.FullName} is a device; an image holds regular files only: take it out of the folder";
        if (item.Name.StartsWith(".wh.", StringComparison.Ordinal))
            return $"{item.FullName}: names that start with .wh. mark deleted files in an image; rename the file";
        if (item.Name.Contains('\\', StringComparison.Ordinal) || item.Name.Any(char.IsControl))
            return $"{item.FullName}: a backslash or control character stands in the name; rename the file";
        return Encoding.UTF8.GetByteCount(path) > LayerLimits.PathBytes
            ? $"{item.FullName}: its path in the image is longer than {LayerLimits.PathBytes} bytes; shorten it"
            : null;
    }
}
