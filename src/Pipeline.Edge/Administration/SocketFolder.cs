using System.Text;

namespace Pipeline.Edge.Administration;

/// <summary>
/// The folder of an edge's local sockets. A Unix domain socket's path has at most 107 bytes (unix(7)), so an edge in a deep folder keeps them in a
/// private folder with a short name elsewhere and says so in <c>sockets.json</c>.
/// </summary>
internal static class SocketFolder
{
    private const int LongestPath = 107;
    private const int LongestName = 40;

    public static string Choose(string directory)
    {
        if (IsShort(directory))
            return directory;
        var recorded = Path.GetDirectoryName(SocketPaths.Read(directory)?.Control);
        if (recorded is not null && IsShort(recorded) && IsPrivate(recorded))
            return recorded;
        var parent = IsShort(Path.Combine(Path.GetTempPath(), "pipeline-edge-123456")) ? Path.GetTempPath() : "/tmp";
        var random = Path.Combine(parent, $"pipeline-edge-{Guid.NewGuid():N}"[..24]);
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(random).FullName;
        return Directory.CreateDirectory(random, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    private static bool IsShort(string directory) => Encoding.UTF8.GetByteCount(directory) + 1 + LongestName <= LongestPath;

    // The name was random and the folder ours alone when it was made; one that others may enter is not taken again.
    private static bool IsPrivate(string directory) =>
        Directory.Exists(directory) && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(directory) & (UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
                | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute)) == 0);
}
