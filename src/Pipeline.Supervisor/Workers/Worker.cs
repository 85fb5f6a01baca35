using Pipeline.Supervision.Identity;
using Pipeline.Supervision.Native;

namespace Pipeline.Supervisor.Workers;

/// <summary>One living process: started by this supervisor, or adopted from one that was killed.</summary>
internal sealed class Worker : IDisposable
{
    private readonly bool isOwn;
    private readonly string? readyFile;

    private Worker(ProcessIdentity identity, bool isOwn, string? readyFile)
    {
        Identity = identity;
        this.isOwn = isOwn;
        this.readyFile = readyFile;
        Descriptor = Libc.PidfdOpen(identity.ProcessId);
    }

    internal ProcessIdentity Identity { get; }

    /// <summary>Becomes readable when the process ends; -1 where the system has no such descriptor.</summary>
    internal int Descriptor { get; }

    /// <summary>Whether it has said that it is ready.</summary>
    internal bool IsReady => File.Exists(readyFile);

    /// <summary>A process that was started a moment ago.</summary>
    /// <param name="processId">Its number.</param>
    /// <param name="readyFile">The file that it may create; deleted with this object.</param>
    internal static Worker Started(int processId, string readyFile) => new(ProcessIdentity.OfChild(processId), isOwn: true, readyFile);

    /// <summary>The process of an earlier supervisor; null when it is gone.</summary>
    internal static Worker? Adopt(ProcessIdentity? identity)
    {
        if (identity is null || !identity.IsAlive())
            return null;
        var worker = new Worker(identity, isOwn: false, readyFile: null);
        // Only now does the descriptor hold the number: the look before it may have been at a process that ended in between.
        if (identity.IsAlive())
            return worker;
        worker.Dispose();
        return null;
    }

    /// <summary>How it ended; null while it lives. What it left behind in its process group ends with it.</summary>
    internal string? Ended()
    {
        if (!isOwn)
            return Identity.IsAlive() ? null : "end not seen: its supervisor had been killed";
        if (!ExitStatus.HasEnded(Identity.ProcessId))
            return null;
        // Not waited for yet, so that the number, and the group it names, are still its own.
        _ = Libc.Kill(-Identity.ProcessId, Libc.SigKill);
        return ExitStatus.Wait(Identity.ProcessId) ?? "end taken by somebody else";
    }

    internal void Signal(int signal) => _ = ProcessSignal.Send(Identity, signal);

    internal void Kill() => Signal(Libc.SigKill);

    /// <summary>Kills it with its process group and waits for its end.</summary>
    internal void End()
    {
        Kill();
        if (isOwn)
        {
            _ = Libc.Kill(-Identity.ProcessId, Libc.SigKill);
            _ = ExitStatus.Wait(Identity.ProcessId);
        }
        Dispose();
    }

    public void Dispose()
    {
        if (readyFile is not null)
            File.Delete(readyFile);
        if (Descriptor >= 0)
            _ = Libc.Close(Descriptor);
    }
}
