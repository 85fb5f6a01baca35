namespace Pipeline.Targets.Fingerprints;

/// <summary>The files that can be inputs: those that git tracks or would track, or all files where there is no repository.</summary>
/// <param name="root">The working directory.</param>
/// <param name="state">The folder of the pipeline's own state, whose files are never inputs.</param>
internal sealed class WorkTree(string root, string state)
{
    private static readonly string[] NeverInputs = [".git", ".pipeline", "bin", "obj", "node_modules"];
    private Task<string[]>? listing;

    /// <summary>Paths relative to the working directory, in ordinal order.</summary>
    internal IReadOnlyList<string> Files => (listing ?? Begin()).GetAwaiter().GetResult();

    /// <summary>Begins to list the files, for whoever asks for them soon.</summary>
    internal Task<string[]> Begin() => listing = Task.Run(List);

    /// <summary>A target ran and may have made or removed files.</summary>
    internal void Forget() => listing = null;

    private string[] List()
    {
        var listed = FromGit() ?? FromFolder();
        var own = Path.GetRelativePath(root, state).Replace('\\', '/') + "/";
        listed.RemoveAll(path => path.StartsWith(own, StringComparison.Ordinal));
        listed.Sort(StringComparer.Ordinal);
        return [.. listed];
    }

    private List<string>? FromGit()
    {
        using var git = GitProcess.Start(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate");
        if (git is null)
            return null;
        var text = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0)
            return null;
        return [.. text.Split('\0', StringSplitOptions.RemoveEmptyEntries)];
    }

    private List<string> FromFolder()
    {
        var all = new List<string>();
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out var folder))
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            {
                if (entry is DirectoryInfo { LinkTarget: null })
                {
                    if (!NeverInputs.Contains(entry.Name))
                        folders.Push(entry.FullName);
                }
                else
                {
                    all.Add(Path.GetRelativePath(root, entry.FullName).Replace('\\', '/'));
                }
            }
        }

        return all;
    }
}
