using Pipeline.Supervision.Identity;
using Pipeline.Supervision.Native;
using Pipeline.Supervision.Records;

namespace Pipeline.Supervision.Launching;

/// <summary>Asks a running supervisor to replace its process and waits for the answer.</summary>
internal sealed class ProcessReplacement(TimeProvider time)
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(30);

    internal async Task RunAsync(
        ProcessFolder folder, ProcessState present, ProcessSpecification wanted, TimeSpan readyTimeout, CancellationToken cancellation)
    {
        RequireSameAddresses(present.Specification, wanted);
        var request = new ReplaceRequest(Guid.NewGuid().ToString("N"), wanted, readyTimeout);
        RecordFile.Write(folder.Next, request, SupervisionJson.Default.ReplaceRequest);
        var supervisor = Observation.Supervisor(folder);
        if (supervisor is null || !ProcessSignal.Send(supervisor, Libc.SigHup))
            throw Ended(folder);
        // A process that an earlier replacement let go may take its whole stop timeout before this one begins.
        var limit = present.Specification.StopTimeout + readyTimeout + AnswerPatience;
        var start = time.GetTimestamp();
        while (folder.ReadState()?.Replaced is not { } answer || answer.Id != request.Id)
        {
            if (!supervisor.IsAlive())
                throw Ended(folder);
            if (time.GetElapsedTime(start) > limit)
            {
                throw new SupervisionException(
                    $"process {folder.Path}: its supervisor did not answer within {limit.TotalSeconds:0} s; see {folder.SupervisorLog}");
            }
            await Task.Delay(Observation.Pause, time, cancellation);
        }
        if (folder.ReadState()!.Replaced!.Fault is { } fault)
            throw new SupervisionException($"process {folder.Path}: {fault}; the old process still runs");
    }

    private static SupervisionException Ended(ProcessFolder folder) =>
        new($"process {folder.Path}: its supervisor ended while it was to replace the process; see {folder.SupervisorLog}, then run again");

    private static void RequireSameAddresses(ProcessSpecification present, ProcessSpecification wanted)
    {
        if (!present.Listen.SequenceEqual(wanted.Listen))
        {
            throw new SupervisionException($"process {present.Directory}: it listens on [{string.Join(", ", present.Listen)}] and is to listen on "
                + $"[{string.Join(", ", wanted.Listen)}]; a replacement keeps its addresses: stop it and start it anew");
        }
    }
}
