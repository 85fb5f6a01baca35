namespace Pipeline.GitHub.Rehearsal.Jobs.Facts;

/// <summary>The folders of one job, as a runner lays them out.</summary>
internal sealed class JobFolders
{
    /// <param name="root">The folder of the rehearsal.</param>
    /// <param name="job">The job's id.</param>
    /// <param name="repository">The repository's name without its owner.</param>
    internal JobFolders(string root, string job, string repository)
    {
        Root = Path.Combine(root, job);
        Workspace = Path.Combine(Root, "work", repository, repository);
        Temp = Path.Combine(Root, "work", "_temp");
        Tools = Path.Combine(Root, "work", "_tool");
        foreach (var folder in new[] { Workspace, Temp, Tools })
            Directory.CreateDirectory(folder);
    }

    internal string Root { get; }

    /// <summary>Empty until a step checks out.</summary>
    internal string Workspace { get; }

    internal string Temp { get; }

    internal string Tools { get; }

    internal string Commands => Path.Combine(Temp, "_runner_file_commands");

    internal string WriteEvent(string json)
    {
        var file = Path.Combine(Temp, "_github_workflow", "event.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, json);
        return file;
    }

    /// <summary>Writes a script that only this user can read: it may hold secrets.</summary>
    internal string WriteScript(string text, string extension)
    {
        var file = Path.Combine(Temp, $"{Guid.NewGuid()}{extension}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(text.Replace("\r\n", "\n", StringComparison.Ordinal));
        return file;
    }
}
