using Pipeline.Containers.Databases;
using Pipeline.Containers.Edges;
using Pipeline.Containers.Hosts;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Secrets;

namespace Pipeline.Containers.Keeping;

/// <summary>
/// The container that stays on a host while all others come and go. It keeps the secrets in memory, carries the tunnel, and on the first host owns the network
/// that edges share, with the published port where there is no door. It is replaced only when that place changes.
/// </summary>
internal sealed class KeeperContainer(EnvironmentHost host, StageSettings settings, TimeProvider time)
{
    public const string Role = "keeper";
    public const int EdgePort = 8080;

    // What the keeper is for: port, network, volumes. Its image and its edge's settings are not part of it.
    private const string PlaceLabel = "pipeline.place";

    // Where the door is that its edge is behind.
    private const string DoorLabel = "pipeline.door";

    private static readonly Version FirstMigrating = new(5, 14);
    private readonly DoorContainer door = new(host, settings, time);

    /// <summary>How users come to the edge: as the settings say, else as they do now, else as the host allows.</summary>
    public async Task<Entrance> ChooseEntranceAsync(CancellationToken cancellation)
    {
        if (settings.Entrance is null && await host.Containers.FindAsync(settings.Scope.Keeper, cancellation) is { } present && present.Label(DoorLabel) == settings.PublicAddress)
            return Entrance.Door;
        return await EntranceChoice.OfAsync(host.Docker, settings, cancellation);
    }

    /// <summary>Starts the keeper, and on the first host the door, or finds them. Edges of a keeper before are removed: they are without a network.</summary>
    /// <param name="addresses">The addresses of the environment's network on this host.</param>
    /// <param name="entrance">How users come to the edge.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task EnsureAsync(FixedAddresses addresses, Entrance entrance, CancellationToken cancellation)
    {
        var place = Specify(addresses, entrance);
        var present = await host.Containers.FindAsync(place.Name, cancellation);
        var stays = present is { Life: { Running: true, Restarting: false } and not { Status: "paused" } } && present.Label(PlaceLabel) == place.Fingerprint();
        // Before anything is removed: where it cannot be had, all stays as it is.
        var wanted = stays ? place : WithImage(place, await host.EdgeImageAsync(cancellation), entrance);
        if (present is not null && !stays)
        {
            // Edges behind a door on another address have that address as long as they run.
            if (present.Label(DoorLabel) is { } other && other != wanted.Labels.GetValueOrDefault(DoorLabel))
                await host.RemoveAsync(EdgeContainer.Role, cancellation);
            await host.Containers.RemoveAsync(wanted.Name, wanted.StopTimeout, cancellation);
        }
        if (host.IsFirst)
            await (entrance == Entrance.Door ? door.EnsureAsync(cancellation) : door.RemoveAsync(cancellation));
        if (stays)
            return;
        await host.Containers.EnsureAsync(wanted with { KernelParameters = await KernelParametersAsync(entrance, cancellation) }, cancellation);
        await host.RemoveAsync(EdgeContainer.Role, cancellation);
    }

    // A listening socket that closes hands what waits on it to another on the same address: so edges take over from one another. An older kernel has no such
    // setting, and refuses a container that asks for it; there an edge that is replaced may lose the connections that wait at that moment.
    private async Task<IReadOnlyDictionary<string, string>> KernelParametersAsync(Entrance entrance, CancellationToken cancellation)
    {
        if (!host.IsFirst || entrance == Entrance.Door)
            return new Dictionary<string, string>();
        var text = await host.Docker.RunAsync(new DockerCall(["info", "--format", "{{.KernelVersion}}"]) { About = "asking for its kernel" }, cancellation);
        return !Version.TryParse(string.Join('.', text.Split('.', '-').Take(2)), out var kernel) || kernel >= FirstMigrating
            ? new Dictionary<string, string> { ["net.ipv4.tcp_migrate_req"] = "1" }
            : new Dictionary<string, string>();
    }

    private ContainerSpecification Specify(FixedAddresses addresses, Entrance entrance) => new()
    {
        Name = settings.Scope.Keeper,
        Role = Role,
        Image = "",
        User = settings.User,
        Network = ContainerNetwork.At(settings.Scope.Network, addresses.Keeper),
        Volumes = Volumes(),
        Ports = host.IsFirst && entrance == Entrance.Published ? [new(settings.PublishedOn, settings.Port, EdgePort)] : [],
        Limits = settings.EdgeLimits,
        StopTimeout = settings.Edge.DrainTimeout + EdgeContainer.Slack,
        // It reaps for itself, and hosts may lack Docker's own init.
        Init = false,
        Labels = host.IsFirst && entrance == Entrance.Door ? new Dictionary<string, string> { [DoorLabel] = settings.PublicAddress } : new(),
    };

    private ContainerSpecification WithImage(ContainerSpecification place, string image, Entrance entrance) => place with
    {
        Image = image,
        Command = host.IsFirst
            ? ["keep", .. EdgeContainer.Where(entrance), "--name", settings.Scope.Keeper, .. settings.Edge.Flags()]
            : ["keep"],
        Environment = EdgeContainer.Variables,
        Labels = new Dictionary<string, string>(place.Labels) { [PlaceLabel] = place.Fingerprint(), [EdgeContainer.EdgeLabel] = EdgeContainer.Fingerprint(image, settings.Edge) },
    };

    private IReadOnlyList<VolumeMount> Volumes() => host.IsFirst
        ?
        [
            new(settings.Scope.SecretsVolume, SecretsVolume.Path, VolumeAccess.Write),
            new(EdgeContainer.Volume(settings.Scope), EdgeContainer.Folder, VolumeAccess.Write),
            new(DatabasePassword.Volume(settings.Scope), DatabasePassword.Folder, VolumeAccess.Write),
        ]
        : [new(settings.Scope.SecretsVolume, SecretsVolume.Path, VolumeAccess.Write)];
}
