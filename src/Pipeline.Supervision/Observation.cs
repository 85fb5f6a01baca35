using Pipeline.Supervision.Identity;
using Pipeline.Supervision.Records;

namespace Pipeline.Supervision;

/// <summary>Reads what is true of a folder's process now.</summary>
internal static class Observation
{
    /// <summary>How often the end or the change of something in another process is looked for while somebody waits for it.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    internal static ProcessState? Of(ProcessFolder folder)
    {
        var state = folder.ReadState();
        var specification = state?.Specification ?? folder.ReadSpecification();
        if (specification is null)
            return null;
        var running = state?.Child?.IsAlive() == true;
        return new ProcessState(
            specification with { Directory = folder.Path }, running, Supervisor(folder) is not null, running ? state!.Child!.ProcessId : null,
            state?.StartedAt ?? File.GetLastWriteTimeUtc(folder.Specification), state?.Restarts ?? 0, state?.LastExit);
    }

    /// <summary>The living supervisor of the folder; null when there is none.</summary>
    internal static ProcessIdentity? Supervisor(ProcessFolder folder)
    {
        var recorded = folder.ReadState()?.Supervisor;
        if (recorded?.IsAlive() == true)
            return recorded;
        var written = RecordFile.Read(folder.Supervisor, SupervisionJson.Default.ProcessIdentity);
        return written?.IsAlive() == true ? written : null;
    }

    /// <summary>Waits for a process's end; false when it is still alive after the time.</summary>
    internal static async Task<bool> EndsAsync(ProcessIdentity process, TimeSpan within, TimeProvider time, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (process.IsAlive())
        {
            if (time.GetElapsedTime(start) >= within)
                return false;
            await Task.Delay(Pause, time, cancellation);
        }
        return true;
    }
}
