using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Storing;

namespace Pipeline.Artifacts.Unpacking;

/// <summary>Writes the files of an image into an empty folder that nobody sees yet.</summary>
internal static class TreeWriter
{
    private const UnixFileMode FolderMode = (UnixFileMode)0b111_101_101;
    private const UnixFileMode FileMode = (UnixFileMode)0b100_100_100;
    private const UnixFileMode ProgramMode = (UnixFileMode)0b101_101_101;

    public static async Task WriteAsync(ImageContent content, ImageTree tree, string root, CancellationToken cancellation)
    {
        CreateFolder(root);
        foreach (var folder in tree.Folders)
            CreateFolder(Path.Combine(root, folder));
        await foreach (var file in content.FilesAsync(tree, _ => true, cancellation))
            await WriteFileAsync(Path.Combine(root, file.Path), file, cancellation);
        foreach (var (path, link) in tree.Links)
            File.CreateSymbolicLink(Path.Combine(root, path), link.Target);
    }

    private static async Task WriteFileAsync(string path, LayerEntry entry, CancellationToken cancellation)
    {
        // CreateNew: on a file system that takes two names for one, the second is refused instead of silently winning.
        await using (var file = new FileStream(path, System.IO.FileMode.CreateNew, FileAccess.Write, FileShare.None))
            await entry.Content.CopyToAsync(file, cancellation);
        File.SetLastWriteTimeUtc(path, entry.ModifiedAt.UtcDateTime);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, entry.Executable ? ProgramMode : FileMode);
    }

    private static void CreateFolder(string path)
    {
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, FolderMode);
    }
}
