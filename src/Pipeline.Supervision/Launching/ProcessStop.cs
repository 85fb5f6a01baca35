using Pipeline.Supervision.Identity;
using Pipeline.Supervision.Native;
using Pipeline.Supervision.Records;

namespace Pipeline.Supervision.Launching;

/// <summary>Ends a folder's process and its supervisor, whichever of them are left.</summary>
internal sealed class ProcessStop(TimeProvider time)
{
    private static readonly TimeSpan SupervisorPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    internal async Task RunAsync(ProcessFolder folder, ProcessSpecification specification, CancellationToken cancellation)
    {
        File.Delete(folder.Wanted);
        if (Observation.Supervisor(folder) is { } supervisor && ProcessSignal.Send(supervisor, Libc.SigTerm)
            && !await Observation.EndsAsync(supervisor, specification.StopTimeout + SupervisorPatience, time, cancellation))
        {
            await KillAsync(supervisor, cancellation);
        }
        var state = folder.ReadState();
        var left = new[] { state?.Successor, state?.Retiring, state?.Child, UnrecordedProcess.Of(state) }.OfType<ProcessIdentity>();
        await Task.WhenAll(left.Select(process => StopAsync(process, specification, cancellation)));
    }

    private async Task StopAsync(ProcessIdentity process, ProcessSpecification specification, CancellationToken cancellation)
    {
        if (ProcessSignal.Send(process, specification.StopSignal)
            && !await Observation.EndsAsync(process, specification.StopTimeout, time, cancellation))
        {
            await KillAsync(process, cancellation);
        }
    }

    private async Task KillAsync(ProcessIdentity process, CancellationToken cancellation)
    {
        if (ProcessSignal.Send(process, Libc.SigKill) && !await Observation.EndsAsync(process, KillPatience, time, cancellation))
        {
            throw new SupervisionException($"process {process.ProcessId}: still there {KillPatience.TotalSeconds:0} s after SIGKILL; "
                + "it hangs in the system (a disk or network that does not answer): free that, then stop again");
        }
    }
}
