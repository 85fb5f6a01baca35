using System.Diagnostics;
using System.Globalization;

namespace Pipeline.GitHub.Rehearsal.Jobs.Processes;

/// <summary>
/// All processes of a job, also those that left their parents: they carry the mark that the runner gives them in their environment, or they work in the job's folder.
/// A hosted runner vanishes with everything that runs on it; here each of them is ended.
/// </summary>
/// <param name="mark">The value of <c>RUNNER_TRACKING_ID</c>.</param>
/// <param name="folder">The folder of the rehearsal.</param>
/// <param name="time">The clock.</param>
internal sealed class JobProcesses(string mark, string folder, TimeProvider time)
{
    internal const string Variable = "RUNNER_TRACKING_ID";

    private const int Rounds = 5;

    // As long as the runner waits.
    private static readonly TimeSpan AfterInterrupt = TimeSpan.FromSeconds(7.5);
    private static readonly TimeSpan AfterTerminate = TimeSpan.FromSeconds(2.5);

    internal string Mark => mark;

    /// <summary>Stops what runs now: it is interrupted as by Ctrl-C, then asked to end, then killed.</summary>
    internal async Task StopAsync(Process first)
    {
        foreach (var (signal, patience) in new[] { (Signal.Interrupt, AfterInterrupt), (Signal.Terminate, AfterTerminate), (Signal.Kill, AfterTerminate) })
        {
            if (!Directory.Exists("/proc/self") && signal == Signal.Kill)
                first.Kill(entireProcessTree: true);
            Send(signal, first);
            if (await GoneAsync(patience) && first.HasExited)
                return;
        }
    }

    /// <summary>Ends what is left of the job, and says what that was.</summary>
    internal async Task<IReadOnlyList<string>> CleanUpAsync()
    {
        var found = Find();
        for (var round = 0; round < Rounds && Find().Count > 0; round++)
        {
            Send(round == 0 ? Signal.Terminate : Signal.Kill, null);
            await GoneAsync(AfterTerminate);
        }
        return [.. found.Select(process => $"{process.Id} ({process.Name})")];
    }

    private async Task<bool> GoneAsync(TimeSpan patience)
    {
        var begun = time.GetTimestamp();
        while (Find().Count > 0)
        {
            if (time.GetElapsedTime(begun) > patience)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(100), time);
        }
        return true;
    }

    private void Send(Signal signal, Process? first)
    {
        foreach (var process in Find())
            process.Send(signal);
        if (first is { HasExited: false } && !Directory.Exists("/proc/self"))
            RunningProcess.Of(first.Id)?.Send(signal);
    }

    private List<RunningProcess> Find()
    {
        if (!Directory.Exists("/proc/self"))
            return [];
        return [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != Environment.ProcessId ? RunningProcess.Of(id) : null)
            .OfType<RunningProcess>().Where(process => process.Has($"{Variable}={mark}") || process.WorksIn(folder))];
    }
}
