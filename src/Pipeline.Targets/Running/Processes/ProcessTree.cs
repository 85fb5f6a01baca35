using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Pipeline.Targets.Running;

/// <summary>A process and all its descendants at one moment. Each is known by its start time too, so that no other process with its number is ever ended.</summary>
internal sealed partial class ProcessTree
{
    private const int Terminated = 15;
    private const int Killed = 9;
    private readonly IReadOnlyList<(int Id, string Started)> members;

    private ProcessTree(IReadOnlyList<(int Id, string Started)> members) => this.members = members;

    internal static ProcessTree Of(int root)
    {
        var all = Directory.Exists("/proc/self") ? Running() : [];
        var members = all.Where(process => process.Id == root).Select(process => (process.Id, process.Started)).ToList();
        if (members.Count == 0)
            return new([(root, "")]);
        for (var at = 0; at < members.Count; at++)
            members.AddRange(all.Where(process => process.Parent == members[at].Id).Select(process => (process.Id, process.Started)));
        return new(members);
    }

    /// <summary>Asks all of them to end.</summary>
    internal void Terminate() => Signal(Terminated);

    /// <summary>Ends those that are still there.</summary>
    internal void Kill() => Signal(Killed);

    private void Signal(int signal)
    {
        foreach (var (id, started) in members)
        {
            if (OperatingSystem.IsWindows())
                EndOnWindows(id);
            else if (started.Length == 0 || Read(id)?.Started == started)
                _ = kill(id, signal); // One that ended in this very moment is as good as one that was ended.
        }
    }

    private static void EndOnWindows(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself, which is what was wanted.
            return;
        }
    }

    private static List<(int Id, int Parent, string Started)> Running() =>
        [.. Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<(int, int, string)>()];

    // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name in parentheses may hold anything, so the fields are counted behind it.
    private static (int Id, int Parent, string Started)? Read(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[19]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int process, int signal);
}
