namespace Pipeline.Supervision;

/// <summary>
/// Starts, finds and stops supervised processes. Each has a supervisor (the Pipeline.Supervisor program) in a session of its own, which outlives the build
/// program, restarts it, rotates its logs and holds its listening sockets. No process is ever signalled that is not provably the one that was started:
/// same boot of the machine, same process id, same start time.
/// </summary>
public interface ISupervisors
{
    /// <summary>Starts the process, or returns it when the same specification already runs. Another specification in the same folder is stopped first.</summary>
    /// <exception cref="SupervisionException">It could not be started, or an address is taken; the message says by whom when that can be known.</exception>
    Task<ProcessState> StartAsync(ProcessSpecification process, CancellationToken cancellation);

    /// <summary>
    /// Brings a running process to a new specification with the same listening addresses without closing them: starts the new process, waits until it
    /// has created the file named by its environment variable PIPELINE_READY_FILE, and only then stops the old one. Starts it when it does not run.
    /// </summary>
    /// <exception cref="SupervisionException">The new process did not become ready in time; the old one still runs.</exception>
    Task<ProcessState> ReplaceAsync(ProcessSpecification process, TimeSpan readyTimeout, CancellationToken cancellation);

    /// <summary>The process of a folder; null when the folder holds none.</summary>
    ProcessState? Observe(string directory);

    /// <summary>All processes whose folders lie directly in the given one.</summary>
    IReadOnlyList<ProcessState> ObserveAll(string parentDirectory);

    /// <summary>Stops the process and its supervisor: stop signal, then SIGKILL after the stop timeout. Nothing happens when there is none.</summary>
    Task StopAsync(string directory, CancellationToken cancellation);

    /// <summary>The last lines of the process's log, oldest first.</summary>
    IReadOnlyList<string> ReadLog(string directory, int lines);
}
