using Pipeline.Supervision.Identity;
using Pipeline.Supervision.Native;
using Pipeline.Supervision.Records;
using Pipeline.Supervisor.Workers;

namespace Pipeline.Supervisor.Life;

/// <summary>What a supervisor that was killed has left running.</summary>
/// <param name="Worker">The process; null when none lives.</param>
/// <param name="Retiring">The replaced one that was about to end; null when none is.</param>
internal sealed record Inheritance(Worker? Worker, Worker? Retiring)
{
    /// <summary>Finds it. A successor that had not taken over yet is ended: nobody waits for its answer any more.</summary>
    internal static Inheritance Take(StateRecord left)
    {
        var unrecorded = UnrecordedProcess.Of(left);
        var worker = Worker.Adopt(left.Child) ?? Worker.Adopt(unrecorded);
        foreach (var unfinished in new[] { unrecorded, left.Successor })
        {
            if (unfinished is not null && unfinished != worker?.Identity)
                _ = ProcessSignal.Send(unfinished, Libc.SigKill);
        }
        return new Inheritance(worker, Worker.Adopt(left.Retiring));
    }
}
