using System.Globalization;

namespace Pipeline.Supervision.Identity;

/// <summary>One process and no other: its number may be given again, its number with its start time within one boot may not.</summary>
/// <param name="Boot">The machine's run.</param>
/// <param name="ProcessId">The number.</param>
/// <param name="Start">When it started, as the system writes it (Linux: clock ticks since the boot).</param>
internal sealed record ProcessIdentity(string Boot, int ProcessId, string Start)
{
    private const int StateField = 0;
    private const int SessionField = 3;
    private const int StartField = 19;

    /// <summary>The process with this number; null when none is alive. A zombie is not alive.</summary>
    internal static ProcessIdentity? Of(int processId)
    {
        var start = Directory.Exists("/proc/self") ? LinuxStart(processId) : CommandOutput.Of("/bin/ps", "-o", "lstart=", "-p", Text(processId));
        return start is null ? null : new ProcessIdentity(MachineBoot.Id, processId, start);
    }

    /// <summary>A child of the present process that was not waited for yet, be it alive or a zombie: its number cannot have changed hands.</summary>
    internal static ProcessIdentity OfChild(int processId) =>
        new(MachineBoot.Id, processId, Fields(processId)?[StartField] ?? Of(processId)?.Start ?? "ended");

    /// <summary>Whether this very process is alive now.</summary>
    internal bool IsAlive() => Boot == MachineBoot.Id && Of(ProcessId) == this;

    /// <summary>Whether the process leads its session, as everything started here does. Linux only.</summary>
    internal static bool LeadsSession(int processId) => Fields(processId) is { } fields && fields[SessionField] == Text(processId);

    private static string? LinuxStart(int processId) =>
        Fields(processId) is { } fields && fields[StateField] is not ("Z" or "X") ? fields[StartField] : null;

    // The program's name in parentheses may itself hold spaces and parentheses; what counts begins after the last one.
    private static string[]? Fields(int processId)
    {
        var stat = ProcFile.Read(processId, "stat");
        return stat is null ? null : stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
