namespace Pipeline.Supervision.Records;

/// <summary>The folder of one supervised process and the names of what lies in it.</summary>
/// <param name="Path">Absolute.</param>
internal sealed record ProcessFolder(string Path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    internal string Specification => In("spec.json");

    internal string State => In("state.json");

    internal string Next => In("next.json");

    /// <summary>Held while somebody starts, replaces or stops.</summary>
    internal string StartLock => In("start.lock");

    /// <summary>Held by the supervisor as long as it lives.</summary>
    internal string SupervisorLock => In("supervisor.lock");

    /// <summary>Who the supervisor is, written once by itself: the way to it when its state cannot be read.</summary>
    internal string Supervisor => In("supervisor.json");

    /// <summary>
    /// The name of the launch that may supervise; none once the process is stopped. A supervisor says who it is and then looks here, whoever stops deletes this
    /// and then looks for a supervisor: so one that was launched by a run that was killed and comes late never starts what was stopped meanwhile.
    /// </summary>
    internal string Wanted => In("wanted");

    internal string Launched => In("launched");

    internal string LogFolder => In("log");

    internal string Log => System.IO.Path.Combine(LogFolder, "current.log");

    /// <summary>What the supervisor itself has to say.</summary>
    internal string SupervisorLog => System.IO.Path.Combine(LogFolder, "supervisor.log");

    internal string ReadyFolder => In("ready");

    internal string RotatedLog(int number) => System.IO.Path.Combine(LogFolder, $"{number}.log");

    internal string ReadyFile(string id) => System.IO.Path.Combine(ReadyFolder, id);

    /// <summary>What the process runs with, or is to be started with; null when the folder holds no process.</summary>
    internal ProcessSpecification? ReadSpecification() => ReadState()?.Specification ?? RecordFile.Read(Specification, SupervisionJson.Default.ProcessSpecification);

    internal StateRecord? ReadState() => RecordFile.Read(State, SupervisionJson.Default.StateRecord);

    /// <summary>Makes the folders. Another user's process may pass through to its working directory, but reads nothing.</summary>
    internal void Create(string? user)
    {
        if (OperatingSystem.IsWindows())
            return;
        var mode = user is null ? OwnerOnly : OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        foreach (var (folder, access) in new[] { (Path, mode), (LogFolder, OwnerOnly), (ReadyFolder, mode) })
        {
            Directory.CreateDirectory(folder, access);
            File.SetUnixFileMode(folder, access);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
