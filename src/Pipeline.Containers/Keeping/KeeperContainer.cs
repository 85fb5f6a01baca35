using Pipeline.Containers.Databases;
using Pipeline.Containers.Edges;
using Pipeline.Containers.Hosts;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Secrets;

namespace Pipeline.Containers.Keeping;

/// <summary>
/// The container that stays on a host while all others come and go. It keeps the secrets in memory, carries the tunnel, and on the first host owns the network
/// and the published port that edges share. It is replaced only when that place changes: to replace it is the one thing that users would notice.
/// </summary>
internal sealed class KeeperContainer(EnvironmentHost host, StageSettings settings)
{
    public const string Role = "keeper";
    public const int EdgePort = 8080;

    // What the keeper is for: port, network, volumes. Its image and its edge's settings are not part of it.
    private const string PlaceLabel = "pipeline.place";

    private static readonly Version FirstMigrating = new(5, 14);

    /// <summary>Starts the keeper, or finds it.</summary>
    /// <param name="image">The edge image, for one that is started now.</param>
    /// <param name="addresses">The addresses of the environment's network on this host.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Whether it was started now, so that edges of the one before are without a network.</returns>
    public async Task<KeeperStart> EnsureAsync(string image, FixedAddresses addresses, CancellationToken cancellation)
    {
        var wanted = Specify(image, addresses);
        var present = await host.Containers.FindAsync(wanted.Name, cancellation);
        if (present is { Life: { Running: true, Restarting: false } and not { Status: "paused" } } && present.Label(PlaceLabel) == wanted.Labels[PlaceLabel])
            return KeeperStart.Found;
        if (present is not null)
            await host.Containers.RemoveAsync(wanted.Name, wanted.StopTimeout, cancellation);
        await host.Containers.EnsureAsync(wanted with { KernelParameters = await KernelParametersAsync(cancellation) }, cancellation);
        return KeeperStart.Started;
    }

    // A listening socket that closes hands what waits on it to another on the same address: so edges take over from one another. An older kernel has no such
    // setting, and refuses a container that asks for it; there an edge that is replaced may lose the connections that wait at that moment.
    private async Task<IReadOnlyDictionary<string, string>> KernelParametersAsync(CancellationToken cancellation)
    {
        if (!host.IsFirst)
            return new Dictionary<string, string>();
        var text = await host.Docker.RunAsync(new DockerCall(["info", "--format", "{{.KernelVersion}}"]) { About = "asking for its kernel" }, cancellation);
        return !Version.TryParse(string.Join('.', text.Split('.', '-').Take(2)), out var kernel) || kernel >= FirstMigrating
            ? new Dictionary<string, string> { ["net.ipv4.tcp_migrate_req"] = "1" }
            : new Dictionary<string, string>();
    }

    private ContainerSpecification Specify(string image, FixedAddresses addresses)
    {
        var keeper = new ContainerSpecification
        {
            Name = settings.Scope.Keeper,
            Role = Role,
            Image = "",
            User = settings.User,
            Network = ContainerNetwork.At(settings.Scope.Network, addresses.Keeper),
            Volumes = Volumes(),
            Ports = host.IsFirst ? [new(settings.PublishedOn, settings.Port, EdgePort)] : [],
            Limits = settings.EdgeLimits,
            StopTimeout = settings.Edge.DrainTimeout + EdgeContainer.Slack,
            // It reaps for itself, and hosts may lack Docker's own init.
            Init = false,
        };
        var place = keeper.Fingerprint();
        return keeper with
        {
            Image = image,
            Command = host.IsFirst
                ? ["keep", .. EdgeContainer.Where, "--name", settings.Scope.Keeper, .. settings.Edge.Flags()]
                : ["keep"],
            Environment = EdgeContainer.Variables,
            Labels = new Dictionary<string, string> { [PlaceLabel] = place, [EdgeContainer.EdgeLabel] = EdgeContainer.Fingerprint(image, settings.Edge) },
        };
    }

    private IReadOnlyList<VolumeMount> Volumes() => host.IsFirst
        ?
        [
            new(settings.Scope.SecretsVolume, SecretsVolume.Path, VolumeAccess.Write),
            new(EdgeContainer.Volume(settings.Scope), EdgeContainer.Folder, VolumeAccess.Write),
            new(DatabasePassword.Volume(settings.Scope), DatabasePassword.Folder, VolumeAccess.Write),
        ]
        : [new(settings.Scope.SecretsVolume, SecretsVolume.Path, VolumeAccess.Write)];
}

/// <summary>How a keeper came to run.</summary>
internal enum KeeperStart
{
    /// <summary>It ran already.</summary>
    Found,

    /// <summary>It was started now.</summary>
    Started,
}
