using System.Globalization;
using Pipeline.Supervision.Checks;
using Pipeline.Supervision.Identity;

namespace Pipeline.Supervision.Network;

/// <summary>Who listens on a TCP port of this machine, as far as /proc tells: https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt</summary>
public static class PortHolder
{
    private const string Listening = "0A";
    private const int LocalAddress = 1;
    private const int SocketState = 3;
    private const int Inode = 9;
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Whether any process listens on the port, on whichever of this machine's addresses. False where there is no /proc.</summary>
    /// <param name="port">1 to 65535.</param>
    public static bool IsHeld(int port) => Inodes(port).Count > 0;

    /// <summary>Whether the supervised process of a folder, or one that it started, listens on the port.</summary>
    /// <param name="port">1 to 65535.</param>
    /// <param name="directory">The folder, as in its specification.</param>
    public static bool IsHeldBy(int port, string directory) =>
        ProcessIds(port).Any(id => ProcFile.Variable(id, SpecificationCheck.FolderVariable) == directory);

    /// <summary>The holders for people: <c>process 812 (nginx)</c>; null when none can be named.</summary>
    /// <param name="port">1 to 65535.</param>
    public static string? Describe(int port)
    {
        var holders = ProcessIds(port).Select(Name).ToList();
        return holders.Count == 0 ? null : string.Join(", ", holders);
    }

    // Only of those that this user may look into.
    private static List<int> ProcessIds(int port)
    {
        var sockets = Inodes(port).Select(inode => $"socket:[{inode}]").ToHashSet();
        return sockets.Count == 0 ? [] : [.. ProcFile.All().Where(id => Links(id).Any(sockets.Contains))];
    }

    private static string Name(int id)
    {
        var name = ProcFile.Read(id, "comm")?.Trim() ?? "ended by now";
        var folder = ProcFile.Variable(id, SpecificationCheck.FolderVariable);
        return folder is null ? $"process {id} ({name})" : $"process {id} ({name}) of {folder}";
    }

    private static HashSet<string> Inodes(int port)
    {
        var suffix = ':' + port.ToString("X4", CultureInfo.InvariantCulture);
        return Tables.Where(File.Exists)
            .SelectMany(table => File.ReadLines(table).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > Inode && fields[SocketState] == Listening && fields[LocalAddress].EndsWith(suffix, StringComparison.Ordinal))
            .Select(fields => fields[Inode]).ToHashSet();
    }

    private static IEnumerable<string> Links(int id)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries($"/proc/{id}/fd").Select(entry => new FileInfo(entry).LinkTarget).OfType<string>()];
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
