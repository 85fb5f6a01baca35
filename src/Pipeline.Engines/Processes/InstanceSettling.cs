using Pipeline.Supervision;
using Pipeline.Supervision.Network;

namespace Pipeline.Engines.Processes;

/// <summary>
/// Watches a process in its first seconds: one that listens on its port has come up, one that ended has failed, and one that does neither for a while is
/// left to the readiness probe.
/// </summary>
internal sealed class InstanceSettling(ISupervisors supervisors, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    internal async Task<ProcessState> WaitAsync(ProcessState started, int port, CancellationToken cancellation)
    {
        var folder = started.Specification.Directory;
        var begin = time.GetTimestamp();
        var state = started;
        while (state is { LastExit: null } && time.GetElapsedTime(begin) < Patience && !(PortHolder.IsHeld(port) && PortHolder.IsHeldBy(port, folder)))
        {
            await Task.Delay(Pause, time, cancellation);
            state = supervisors.Observe(folder) ?? started;
        }
        return supervisors.Observe(folder) ?? state;
    }
}
