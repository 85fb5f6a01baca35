using System.Globalization;
using Pipeline.Supervision.Identity;
using Pipeline.Supervision.Logs;
using Pipeline.Supervision.Native;
using Pipeline.Supervision.Records;

namespace Pipeline.Supervision.Launching;

/// <summary>
/// Starts the supervisor of a folder as nobody's child, so that neither a signal to the starter's group nor the killing of its tree reaches it.
/// </summary>
internal sealed class SupervisorLauncher(string supervisorDll, TimeProvider time)
{
    private const string Shell = "/bin/sh";
    private const int SaidLines = 20;

    // The shell ends at once and leaves the supervisor to init. What comes first is where the supervisor's own words go.
    private const string Script = """said=$1; shift; "$@" </dev/null >>"$said" 2>&1 & echo $!""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Starts it and waits until it says that the process runs, or ended at once.</summary>
    /// <exception cref="SupervisionException">It ended without a process, or says nothing.</exception>
    internal async Task LaunchAsync(ProcessFolder folder, CancellationToken cancellation)
    {
        var processId = Launch(folder);
        var launched = ProcessIdentity.Of(processId);
        var limit = time.GetTimestamp();
        while (time.GetElapsedTime(limit) < Patience)
        {
            // Not necessarily the one launched here: where an earlier run was killed a moment ago, its supervisor may have come first.
            if (folder.ReadState() is { Fault: null } state && IsSettled(state) && state.Supervisor.IsAlive())
                return;
            if ((launched is null || !launched.IsAlive()) && !IsHeldByAnother(folder))
            {
                RequireLastWords(folder, processId);
                return;
            }
            await Task.Delay(Observation.Pause, time, cancellation);
        }
        throw new SupervisionException($"process {folder.Path}: its supervisor (process {processId}) did not report within {Patience.TotalSeconds:0} s; "
            + $"see {folder.SupervisorLog}, or start again when the machine is less busy");
    }

    private static bool IsHeldByAnother(ProcessFolder folder)
    {
        using var free = FolderLock.TryTake(folder.SupervisorLock);
        return free is null;
    }

    private static bool IsBy(int supervisor, StateRecord? state) =>
        state?.Supervisor.ProcessId == supervisor && state.Supervisor.Boot == MachineBoot.Id;

    private static bool IsSettled(StateRecord state) => state.Child?.IsAlive() == true || (state.Child is null && state.LastExit is not null);

    // A process that ended and is not to be started again has taken its supervisor with it: that is no fault of the start.
    private static void RequireLastWords(ProcessFolder folder, int processId)
    {
        var state = folder.ReadState();
        if (IsBy(processId, state) && state!.Fault is { } fault)
            throw new SupervisionException($"process {folder.Path}: {fault}");
        if (IsBy(processId, state) && IsSettled(state!))
            return;
        var said = string.Join(Environment.NewLine, LogTail.Read(folder.SupervisorLog, SaidLines));
        throw new SupervisionException($"process {folder.Path}: its supervisor ended before it could start anything; it said:{Environment.NewLine}{said}");
    }

    private int Launch(ProcessFolder folder)
    {
        RequireProgram();
        File.Delete(folder.Launched);
        var launch = Guid.NewGuid().ToString("N");
        File.WriteAllText(folder.Wanted, launch);
        var shell = Spawn.Start(new SpawnPlan
        {
            Path = Shell,
            Arguments = [Shell, "-c", Script, Shell, folder.SupervisorLog, DotnetHost.Path, supervisorDll, folder.Path, launch],
            Environment = SupervisorEnvironment(),
            WorkingDirectory = "/",
            Output = folder.Launched,
            ClosesEverythingElse = true,
        });
        _ = ExitStatus.Wait(shell);
        var said = File.ReadAllText(folder.Launched).Trim();
        return int.TryParse(said, CultureInfo.InvariantCulture, out var processId)
            ? processId
            : throw new SupervisionException($"process {folder.Path}: its supervisor could not be started: {(said.Length > 0 ? said : "no space for its number")}");
    }

    private void RequireProgram()
    {
        if (!File.Exists(supervisorDll))
            throw new SupervisionException($"supervisor {supervisorDll}: not there; build the solution first");
    }

    private static Dictionary<string, string> SupervisorEnvironment()
    {
        var environment = InheritedEnvironment.Read();
        // No diagnostics port: it would cost a thread and a socket file for every supervised process.
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["DOTNET_TieredPGO"] = "0";
        return environment;
    }
}
