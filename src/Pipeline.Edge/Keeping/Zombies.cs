using System.Globalization;

namespace Pipeline.Edge.Keeping;

/// <summary>Processes whose parent is gone become children of a container's first process, which has to collect their ends (wait(2)).</summary>
internal static class Zombies
{
    /// <summary>Collects all that ended, except the one whose end somebody else waits for.</summary>
    public static void Reap(int except = 0)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && process != except && IsEndedChild(folder))
                Signals.Collect(process);
        }
    }

    private static bool IsEndedChild(string folder)
    {
        try
        {
            var status = File.ReadAllText(Path.Combine(folder, "stat"));
            // The name in parentheses may hold anything, so what follows it is counted from its end: state, parent (proc(5)).
            var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" && fields[1] == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
