namespace Pipeline.Edge.CommandLine;

/// <summary>The folder of an edge, which nobody else looks into.</summary>
internal static class EdgeFolder
{
    public static void Create(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
