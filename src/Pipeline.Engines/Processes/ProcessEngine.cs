using System.Diagnostics;
using Pipeline.Delivery;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Engines.Instances;
using Pipeline.Supervision;
using Pipeline.Supervision.Logs;
using Pipeline.Supervision.Network;

namespace Pipeline.Engines.Processes;

/// <summary>
/// Runs the instances of an environment as supervised processes of this machine, each in the folder of its id. The folders and the processes are all it
/// knows: another run of the build program, also after a reboot of the machine, finds the same instances.
/// </summary>
/// <param name="environment">The environment's name, for messages.</param>
/// <param name="directory">The folder of all its instances: <c>.pipeline/environments/production/instances</c>.</param>
/// <param name="files">Unpacks artifacts.</param>
/// <param name="supervisors">Runs processes.</param>
/// <param name="time">The clock of time-outs.</param>
public sealed class ProcessEngine(string environment, string directory, IApplicationFiles files, ISupervisors supervisors, TimeProvider time) : IEngine, IInstanceConsole
{
    private const int PortAttempts = 3;
    private const int LastLines = 20;
    private readonly string root = Path.GetFullPath(directory);
    private readonly InstanceSettling settling = new(supervisors, time);
    private readonly InstancePorts ports = new(supervisors, Path.GetFullPath(directory));

    /// <inheritdoc />
    public Task<IReadOnlyList<Instance>> ObserveAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<Instance>>([.. supervisors.ObserveAll(root).Select(InstanceProcess.Observed).OfType<Instance>()]);
    }

    /// <inheritdoc />
    public async Task<Instance> StartAsync(InstanceSpecification instance, CancellationToken cancellation)
    {
        InstanceCheck.Require(environment, instance);
        var application = await files.UnpackAsync(instance.Digest, cancellation);
        var folder = Folder(instance.Id);
        for (var attempt = 1; ; attempt++)
        {
            var port = attempt == 1 ? ports.RecordedOrFree(folder) : ports.Free(folder);
            var process = InstanceProcess.Of(instance, application, folder, port);
            var before = supervisors.Observe(folder);
            var state = await ExplainedAsync(instance.Id, () => supervisors.StartAsync(process, cancellation));
            if (before is { Running: true } && before.ProcessId == state.ProcessId)
                return InstanceProcess.Observed(state)!;
            var settled = await settling.WaitAsync(state, port, cancellation);
            if (settled.Running && settled.LastExit is null)
                return InstanceProcess.Observed(settled)!;
            await ExplainedAsync(instance.Id, () => StopProcessAsync(folder, cancellation));
            if (attempt == PortAttempts || LoopbackPorts.IsFree(port))
                throw EndedAtOnce(instance.Id, folder, settled);
        }
    }

    /// <inheritdoc />
    public async Task StopAsync(string id, CancellationToken cancellation)
    {
        InstanceCheck.RequireId(environment, id);
        var folder = Folder(id);
        await ExplainedAsync(id, () => StopProcessAsync(folder, cancellation));
        await InstanceFolder.DeleteAsync(environment, folder, time, cancellation);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> ReadLogAsync(string id, int lines, CancellationToken cancellation)
    {
        InstanceCheck.RequireId(environment, id);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(supervisors.ReadLog(Folder(id), lines));
    }

    /// <inheritdoc />
    public IAsyncEnumerable<string> FollowLogAsync(string id, int lines, CancellationToken cancellation)
    {
        Require(id);
        return LogFollowing.ReadAsync(Folder(id), lines, time, cancellation);
    }

    /// <inheritdoc />
    public Task<int> OpenShellAsync(string id, CancellationToken cancellation)
    {
        var instance = Require(id);
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = instance.Specification.WorkingDirectory };
        foreach (var (name, value) in instance.Specification.Environment)
            start.Environment[name] = value;
        return InheritedProcess.RunAsync(start, cancellation);
    }

    private ProcessState Require(string id)
    {
        InstanceCheck.RequireId(environment, id);
        return supervisors.Observe(Folder(id)) ?? throw new DeliveryException($"{environment}: there is no instance {id}; --target Status lists those there are");
    }

    private string Folder(string id) => Path.Combine(root, id);

    private async Task<bool> StopProcessAsync(string folder, CancellationToken cancellation)
    {
        await supervisors.StopAsync(folder, cancellation);
        return true;
    }

    private async Task<T> ExplainedAsync<T>(string id, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (SupervisionException fault)
        {
            throw new DeliveryException($"{environment}: instance {id}: {fault.Message}", fault);
        }
    }

    private DeliveryException EndedAtOnce(string id, string folder, ProcessState state)
    {
        var lines = supervisors.ReadLog(folder, LastLines);
        var said = lines.Count == 0 ? "it wrote nothing" : $"its last lines:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}";
        return new DeliveryException($"{environment}: instance {id} ended as soon as it was started ({state.LastExit}); correct what it complains of "
            + $"(a setting, the database) and deploy again; {said}");
    }
}
