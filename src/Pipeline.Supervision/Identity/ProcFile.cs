namespace Pipeline.Supervision.Identity;

/// <summary>Files of /proc, whose processes may end between any two looks.</summary>
internal static class ProcFile
{
    /// <summary>The content of a process's file; null when the process is gone or closed to us.</summary>
    internal static string? Read(int processId, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/{name}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A variable of the environment that a process was started with; null when it has none or is closed to us.</summary>
    internal static string? Variable(int processId, string name) =>
        Read(processId, "environ")?.Split('\0').FirstOrDefault(pair => pair.StartsWith(name + '=', StringComparison.Ordinal))?[(name.Length + 1)..];

    /// <summary>The numbers of all processes; none where the system has no /proc.</summary>
    internal static IEnumerable<int> All() => Directory.Exists("/proc/self")
        ? Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, out var id) ? id : 0).Where(id => id > 0)
        : [];
}
