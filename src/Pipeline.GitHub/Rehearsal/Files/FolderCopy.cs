namespace Pipeline.GitHub.Rehearsal.Files;

/// <summary>Copies files as an archive keeps them: their bytes, and neither who may run them nor folders without files.</summary>
internal static class FolderCopy
{
    internal static void Run(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    internal static void Copy(string file, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new FileStream(target, FileMode.Create, FileAccess.Write);
        source.CopyTo(copy);
    }
}
