using Pipeline.Supervision.Checks;
using Pipeline.Supervision.Launching;
using Pipeline.Supervision.Logs;
using Pipeline.Supervision.Records;

namespace Pipeline.Supervision;

/// <summary>Supervised processes of this machine, through the Pipeline.Supervisor program.</summary>
/// <param name="supervisorDll">The program: <c>Pipeline.Supervisor.dll</c> in a folder that stays for as long as the processes run (see <see cref="ProgramStore"/>).</param>
/// <param name="time">The clock of time-outs.</param>
public sealed class Supervisors(string supervisorDll, TimeProvider time) : ISupervisors
{
    private readonly SupervisorLauncher launcher = new(Path.GetFullPath(supervisorDll), time);
    private readonly ProcessStop stop = new(time);
    private readonly ProcessReplacement replacement = new(time);

    /// <inheritdoc />
    public Task<ProcessState> StartAsync(ProcessSpecification process, CancellationToken cancellation)
    {
        SpecificationCheck.Require(process);
        return FolderFaults.ExplainAsync(process.Directory, () => LockedAsync(process, folder => StartAsync(folder, process, cancellation), cancellation));
    }

    /// <inheritdoc />
    public Task<ProcessState> ReplaceAsync(ProcessSpecification process, TimeSpan readyTimeout, CancellationToken cancellation)
    {
        SpecificationCheck.Require(process);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(readyTimeout, TimeSpan.Zero);
        return FolderFaults.ExplainAsync(
            process.Directory, () => LockedAsync(process, folder => ReplaceAsync(folder, process, readyTimeout, cancellation), cancellation));
    }

    /// <inheritdoc />
    public ProcessState? Observe(string directory) => Observation.Of(new ProcessFolder(Path.GetFullPath(directory)));

    /// <inheritdoc />
    public IReadOnlyList<ProcessState> ObserveAll(string parentDirectory) => Directory.Exists(parentDirectory)
        ? [.. Directory.EnumerateDirectories(parentDirectory).Order(StringComparer.Ordinal).Select(Observe).OfType<ProcessState>()]
        : [];

    /// <inheritdoc />
    public async Task StopAsync(string directory, CancellationToken cancellation)
    {
        var specification = Observe(directory)?.Specification;
        if (specification is null)
            return;
        _ = await FolderFaults.ExplainAsync(specification.Directory, () => LockedAsync(specification, async folder =>
        {
            await stop.RunAsync(folder, specification, cancellation);
            return true;
        }, cancellation));
    }

    /// <inheritdoc />
    public IReadOnlyList<string> ReadLog(string directory, int lines)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lines);
        return LogTail.Read(new ProcessFolder(Path.GetFullPath(directory)), lines);
    }

    private async Task<T> LockedAsync<T>(ProcessSpecification process, Func<ProcessFolder, Task<T>> action, CancellationToken cancellation)
    {
        var folder = new ProcessFolder(Path.GetFullPath(process.Directory));
        await using var held = await FolderLock.TakeAsync(folder, process.User, time, cancellation);
        return await action(folder);
    }

    private async Task<ProcessState> StartAsync(ProcessFolder folder, ProcessSpecification wanted, CancellationToken cancellation)
    {
        var present = Observation.Of(folder);
        var same = present is not null && present.Specification.IsSameAs(wanted with { Directory = folder.Path });
        if (same && present!.Running && present.Supervised)
            return present;
        if (same && present!.Running)
            return await LaunchAsync(folder, cancellation);
        if (present is not null)
            await stop.RunAsync(folder, present.Specification, cancellation);
        File.Delete(folder.State);
        File.Delete(folder.Next);
        RecordFile.WriteDurably(folder.Specification, wanted with { Directory = folder.Path }, SupervisionJson.Default.ProcessSpecification);
        return await LaunchAsync(folder, cancellation);
    }

    private async Task<ProcessState> ReplaceAsync(ProcessFolder folder, ProcessSpecification wanted, TimeSpan readyTimeout, CancellationToken cancellation)
    {
        var present = Observation.Of(folder);
        if (present is null || (!present.Running && !present.Supervised))
            return await StartAsync(folder, wanted, cancellation);
        if (!present.Supervised)
            present = await LaunchAsync(folder, cancellation);
        await replacement.RunAsync(folder, present, wanted with { Directory = folder.Path }, readyTimeout, cancellation);
        return Observation.Of(folder)!;
    }

    private async Task<ProcessState> LaunchAsync(ProcessFolder folder, CancellationToken cancellation)
    {
        await launcher.LaunchAsync(folder, cancellation);
        return Observation.Of(folder) ?? throw new SupervisionException($"process {folder.Path}: its folder vanished; start it again");
    }
}
