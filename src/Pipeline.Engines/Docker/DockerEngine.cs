using System.Runtime.CompilerServices;
using Pipeline.Delivery;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Instances;
using Pipeline.Engines.Docker.Pruning;
using Pipeline.Engines.Instances;

namespace Pipeline.Engines.Docker;

/// <summary>
/// Runs the instances of an environment as containers on its Docker hosts, hardened, with their secrets in memory. The labels of the containers are all it
/// knows: another run of the build program, on whatever machine, finds the same instances.
/// </summary>
public sealed class DockerEngine : IEngine, IInstanceConsole
{
    private const int PlaceAttempts = 5;
    private const int LastLines = 20;
    private readonly DockerEngineSettings settings;
    private readonly TimeProvider time;
    private readonly InstanceHosts hosts;
    private readonly InstancePlaces places;

    /// <summary>Nothing is asked of any host yet.</summary>
    /// <param name="settings">The environment and how its instances run.</param>
    /// <param name="time">The clock of time-outs.</param>
    public DockerEngine(DockerEngineSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (this.settings, this.time, places) = (settings, time, new InstancePlaces(settings));
        hosts = new InstanceHosts([.. settings.Hosts.Select(host => new HostInstances(settings, host, time))]);
    }

    private DockerEngine(DockerEngine whole, InstanceHosts hosts) => (settings, time, places, this.hosts) = (whole.settings, whole.time, whole.places, hosts);

    private string Named => settings.Scope.Environment;

    /// <summary>Pulls the image of a release to every host, so that nothing is transferred while the environment is locked.</summary>
    public Task PrepareAsync(Digest release, CancellationToken cancellation) =>
        Task.WhenAll(hosts.Present.Select(host => ExplainedAsync(host, () => host.Images.HoldAsync(release, cancellation))));

    /// <inheritdoc />
    public async Task<ReachableEngine> ReachAsync(CancellationToken cancellation)
    {
        var (reached, leftOut) = await hosts.ReachAsync(cancellation);
        return leftOut.Count == 0 ? new(this, []) : new(new DockerEngine(this, reached), leftOut);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Instance>> ObserveAsync(CancellationToken cancellation)
    {
        var views = await Task.WhenAll(hosts.Present.Select(host => LookAsync(host, cancellation)));
        Instance[] seen = [.. views.SelectMany(view => view.Seen).OrderBy(instance => instance.Id, StringComparer.Ordinal)];
        var unseen = views.Select(view => view.Fault).OfType<DockerException>().ToList();
        return unseen.Count == 0
            ? seen
            : throw new PartlyObservedException(string.Join('\n', unseen.Select(fault => $"{Named}: host {fault.Message}")), seen, unseen[0]);
    }

    /// <inheritdoc />
    public async Task<Instance> StartAsync(InstanceSpecification instance, CancellationToken cancellation)
    {
        InstanceCheck.Require(Named, instance);
        var host = hosts.Of(instance.Id);
        await Task.WhenAll(hosts.Present.Where(other => other != host).Select(other => ExplainedAsync(other, () => StopOnAsync(other, instance.Id, null, cancellation))));
        return await ExplainedAsync(host, () => StartOnAsync(host, instance, cancellation));
    }

    /// <inheritdoc />
    public async Task StopAsync(string id, CancellationToken cancellation)
    {
        InstanceCheck.RequireId(Named, id);
        await Task.WhenAll(hosts.Present.Select(host => ExplainedAsync(host, () => StopOnAsync(host, id, null, cancellation))));
        places.Forget(id);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ReadLogAsync(string id, int lines, CancellationToken cancellation)
    {
        InstanceCheck.RequireId(Named, id);
        var host = await hosts.FindAsync(id, cancellation);
        return await ExplainedAsync(host, () => host.Containers.ReadLogAsync(settings.Scope.Container(id), lines, cancellation));
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<string> FollowLogAsync(string id, int lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        InstanceCheck.RequireId(Named, id);
        var host = await hosts.FindAsync(id, cancellation);
        await foreach (var line in new HostConsole(host, settings.Scope).FollowAsync(id, lines, cancellation))
            yield return line;
    }

    /// <inheritdoc />
    public async Task<int> OpenShellAsync(string id, CancellationToken cancellation)
    {
        InstanceCheck.RequireId(Named, id);
        var host = await hosts.FindAsync(id, cancellation);
        return await ExplainedAsync(host, () => new HostConsole(host, settings.Scope).OpenShellAsync(id, cancellation));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> PruneAsync(IReadOnlySet<Digest> kept, CancellationToken cancellation) =>
        [.. (await Task.WhenAll(hosts.Present.Select(host => ExplainedAsync(host, () => new HostPrune(host).RunAsync(kept, cancellation))))).SelectMany(removed => removed)];

    private async Task<Instance> StartOnAsync(HostInstances host, InstanceSpecification instance, CancellationToken cancellation)
    {
        var image = await host.Images.HoldAsync(instance.Digest, cancellation);
        var check = await host.Health.FindAsync(image, cancellation);
        var secretKeys = await settings.SecretKeys.ReadAsync(instance.Digest, cancellation);
        var secrets = instance.Settings.Where(setting => secretKeys.Contains(setting.Key)).ToDictionary(StringComparer.Ordinal);
        using var kept = secrets.Count > 0 ? await host.Secrets.WriteAsync(instance.SettingsFingerprint(), secrets, cancellation) : null;
        for (var attempt = 1; ; attempt++)
        {
            var place = await PlaceOnAsync(host, instance.Id, cancellation);
            var container = InstanceContainer.Of(instance, image, place, secretKeys, settings with { HealthCheck = check });
            try
            {
                var before = await host.Containers.FindAsync(container.Name, cancellation);
                var started = await host.Containers.EnsureAsync(container, cancellation);
                if (before?.Id != started.Id)
                    await SettleAsync(host, container, cancellation);
                return (await host.ObserveAsync(cancellation)).Single(each => each.Id == instance.Id);
            }
            catch (DockerException taken) when (taken.Fault == DockerFault.PortTaken && attempt < PlaceAttempts)
            {
                places.Refuse(place);
            }
        }
    }

    /// <summary>One that ends at once is stopped, so that it does not go on ending, and told of with its last words.</summary>
    private async Task SettleAsync(HostInstances host, ContainerSpecification container, CancellationToken cancellation)
    {
        await Task.Delay(settings.Settling, time, cancellation);
        var state = await host.Containers.FindAsync(container.Name, cancellation);
        if (state is { RestartCount: 0, Life: { Status: "running", Restarting: false } })
            return;
        var exit = state is null ? "it vanished" : await new InstanceExits(host.Docker).DescribeAsync(state, cancellation);
        var lines = await host.Containers.ReadLogAsync(container.Name, LastLines, cancellation);
        await host.Docker.TryAsync(new DockerCall(["container", "stop", "--time", "0", container.Name]), cancellation);
        var said = lines.Count == 0 ? "it wrote nothing" : $"its last lines:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}";
        throw new DeliveryException($"container {container.Name} on {host.Host} ended as soon as it was started ({exit}); correct what it complains of "
            + $"(a setting, the database) and deploy again; {said}");
    }

    private async Task<InstancePlace> PlaceOnAsync(HostInstances host, string id, CancellationToken cancellation)
    {
        await host.Gate.WaitAsync(cancellation);
        try
        {
            var present = await host.Containers.ListAsync(cancellation);
            return host == hosts.First
                ? await places.InNetworkAsync(host.Network, present, id, cancellation)
                : await places.PublishedAsync(host.Network, host.Host, present, id, cancellation);
        }
        finally
        {
            host.Gate.Release();
        }
    }

    private static async Task<bool> StopOnAsync(HostInstances host, string id, TimeSpan? timeout, CancellationToken cancellation)
    {
        await host.StopAsync(id, timeout, cancellation);
        return true;
    }

    private static async Task<(IReadOnlyList<Instance> Seen, DockerException? Fault)> LookAsync(HostInstances host, CancellationToken cancellation)
    {
        try
        {
            return (await host.ObserveAsync(cancellation), null);
        }
        catch (DockerException fault)
        {
            return ([], fault);
        }
    }

    private async Task<T> ExplainedAsync<T>(HostInstances host, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (DockerException fault)
        {
            throw new DeliveryException($"{Named}: host {fault.Message}", fault) { IsTransient = fault.IsTransient };
        }
        catch (DeliveryException fault)
        {
            throw new DeliveryException($"{Named}: {fault.Message}", fault) { IsTransient = fault.IsTransient };
        }
    }
}
