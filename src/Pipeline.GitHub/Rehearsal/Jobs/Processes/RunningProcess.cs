using System.Runtime.InteropServices;

namespace Pipeline.GitHub.Rehearsal.Jobs.Processes;

internal enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}

/// <summary>One process and no other: its number may be given again, its number with its start time may not.</summary>
internal sealed partial record RunningProcess(int Id, string Name, string Started)
{
    /// <summary>The process with this number; null where none lives. One that has ended and was not waited for does not live.</summary>
    internal static RunningProcess? Of(int id)
    {
        if (!Directory.Exists("/proc/self"))
            return new(id, "", "");
        // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name in parentheses may hold anything, so the fields are counted behind it.
        if (Read(id, "stat") is not { Length: > 0 } stat)
            return null;
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : new(id, stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..stat.LastIndexOf(')')], fields[19]);
    }

    /// <summary>Whether a variable is in the environment that it was started with.</summary>
    internal bool Has(string variable) => Read(Id, "environ")?.Split('\0').Contains(variable, StringComparer.Ordinal) == true;

    /// <summary>Whether it has a folder in its command line or is in it.</summary>
    internal bool WorksIn(string folder)
    {
        var inside = folder + Path.DirectorySeparatorChar;
        return Read(Id, "cmdline")?.Contains(inside, StringComparison.Ordinal) == true || CurrentFolder().StartsWith(inside, StringComparison.Ordinal);
    }

    /// <summary>Sends it a signal; one that ended in this very moment is as good as one that was ended.</summary>
    internal void Send(Signal signal)
    {
        if (Of(Id)?.Started == Started)
            _ = kill(Id, (int)signal);
    }

    private string CurrentFolder()
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{Id}/cwd", returnFinalTarget: false)?.FullName ?? "";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string? Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int process, int signal);
}
