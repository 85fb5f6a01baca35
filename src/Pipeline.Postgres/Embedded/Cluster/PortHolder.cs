using System.Globalization;

namespace Pipeline.Postgres.Embedded.Cluster;

/// <summary>Finds the process that listens on a port, where the system tells (Linux, and only of processes whose details this user may see).</summary>
internal static class PortHolder
{
    private const string Listening = "0A";
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary><c>process 123 (nginx)</c>; null when that cannot be known.</summary>
    public static string? Find(int port)
    {
        var inodes = Tables.Where(File.Exists).SelectMany(file => FindInodes(file, port)).ToHashSet();
        if (inodes.Count == 0)
            return null;
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            if (Holds(process, inodes))
                return $"process {Path.GetFileName(process)} ({ReadName(process)})";
        }
        return null;
    }

    private static IEnumerable<string> FindInodes(string file, int port)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return File.ReadLines(file).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(suffix, StringComparison.Ordinal))
            .Select(fields => $"socket:[{fields[9]}]");
    }

    private static bool Holds(string process, HashSet<string> inodes)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd"))
                .Any(file => new FileInfo(file).LinkTarget is { } target && inodes.Contains(target));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to somebody else: then it is not the one that can be named.
            return false;
        }
    }

    private static string ReadName(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (IOException)
        {
            return "ended meanwhile";
        }
    }
}
