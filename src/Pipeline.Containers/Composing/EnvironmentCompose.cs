using Pipeline.Containers.Databases;
using Pipeline.Containers.Edges;
using Pipeline.Containers.Keeping;
using Pipeline.Containers.Sandboxes;
using Pipeline.Delivery.Environments;
using Pipeline.Engines.Docker.Compose;
using Pipeline.Engines.Docker.Containers;

namespace Pipeline.Containers.Composing;

/// <summary>
/// An environment as a compose project: the same images, settings, limits and hardening as the pipeline's own containers, for places where the pipeline is not.
/// What the pipeline does beside them, services that run once do here: owners of volumes, migrations, routes.
/// </summary>
public static class EnvironmentCompose
{
    private const string Prepare = "prepare";
    private const string Migrate = "migrate";
    private const string Edge = "edge";
    private const string Door = "door";
    private const string PasswordSecret = "database-password";
    private const string ScriptFile = "migrate.sql";
    private const string ScriptPath = "/migrate.sql";

    /// <summary>Describes the project.</summary>
    public static ComposeProject Of(ComposeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var instances = Instances(settings);
        return new()
        {
            Remarks = settings.Remarks,
            Services = [PrepareService(settings), DatabaseService(settings), SandboxService(settings), MigrateService(settings), .. instances, .. DoorServices(settings), EdgeService(settings), RouteService(settings)],
            Subnet = ComposeAddresses.SubnetOf(settings.Stage.Scope),
            Folder = settings.Folder,
            Secrets = settings.Instances.SelectMany(instance => instance.Settings).Where(setting => settings.SecretKeys.Contains(setting.Key))
                .DistinctBy(setting => setting.Key).Append(new(PasswordSecret, settings.DatabasePassword)).ToDictionary(),
            Files = new Dictionary<string, string> { [ScriptFile] = settings.MigrationScript },
        };
    }

    private static List<ComposeService> Instances(ComposeSettings settings) =>
    [
        .. settings.Instances.Select(instance => ComposeInstances.Of(instance, settings.Images.Release, settings.SecretKeys, settings.Engine) with
        {
            After = [new(Migrate, ComposeCondition.Completed), new(ComposeAddresses.Sandbox, ComposeCondition.Started)],
        }),
    ];

    // Docker makes volumes for root; those who use them are not root.
    private static ComposeService PrepareService(ComposeSettings settings) => new(Prepare, Once(settings) with
    {
        Entrypoint = ["chown", settings.Stage.User, EdgeContainer.Folder, SandboxContainer.Data],
        User = "0:0",
        Capabilities = ["CHOWN"],
        Volumes = [new(Edge, EdgeContainer.Folder, VolumeAccess.Write), new(ComposeAddresses.Sandbox, SandboxContainer.Data, VolumeAccess.Write)],
    })
    { Life = ComposeLife.RunsOnce };

    private static ComposeService DatabaseService(ComposeSettings settings) => new(
        ComposeAddresses.Database,
        DatabaseContainer.Specify(settings.Database, ComposeAddresses.Database, settings.Images.Database, ComposeAddresses.Database, Network(settings), $"/run/secrets/{PasswordSecret}"))
    { Secrets = [PasswordSecret] };

    private static ComposeService SandboxService(ComposeSettings settings) => new(
        ComposeAddresses.Sandbox, SandboxContainer.Specify(settings.Sandbox, ComposeAddresses.Sandbox, settings.Images.Sandbox, settings.Stage.User, Network(settings)))
    { After = [new(Prepare, ComposeCondition.Completed)] };

    private static ComposeService MigrateService(ComposeSettings settings) => new(Migrate, Once(settings) with
    {
        Image = settings.Images.Database,
        Entrypoint =
        [
            "sh", "-c",
            $"PGPASSWORD=$(cat /run/secrets/{PasswordSecret}) exec psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 "
                + $"--host {ComposeAddresses.Database} --username {settings.Database.Database} --dbname {settings.Database.Database} --file {ScriptPath}",
        ],
        User = settings.Database.User,
    })
    {
        Life = ComposeLife.RunsOnce,
        Secrets = [PasswordSecret],
        Files = new Dictionary<string, string> { [ScriptFile] = ScriptPath },
        After = [new(ComposeAddresses.Database, ComposeCondition.Healthy)],
    };

    // What engine the file will meet nobody knows here; for one that can have no door it is exported without.
    private static Entrance EntranceOf(ComposeSettings settings) => EntranceChoice.Of(settings.Stage);

    private static IEnumerable<ComposeService> DoorServices(ComposeSettings settings)
    {
        if (EntranceOf(settings) == Entrance.Door)
            yield return new(Door, DoorContainer.Specify(settings.Images.Edge, settings.Stage, Door) with { Volumes = [new(Edge, EdgeContainer.Folder, VolumeAccess.Write)] })
            {
                After = [new(Prepare, ComposeCondition.Completed)],
            };
    }

    private static ComposeService EdgeService(ComposeSettings settings) => new(Edge, EdgeContainer.Specify(settings.Images.Edge, settings.Stage, EntranceOf(settings)) with
    {
        Command = ["run", .. EdgeContainer.Where(EntranceOf(settings)), "--name", Edge, .. settings.Stage.Edge.Flags()],
        Network = ContainerNetwork.At(settings.Stage.Scope.Network, ComposeAddresses.EdgeOf(settings.Stage.Scope)),
        Ports = EntranceOf(settings) == Entrance.Published ? [new(settings.Stage.PublishedOn, settings.Stage.Port, KeeperContainer.EdgePort)] : [],
        Volumes = [new(Edge, EdgeContainer.Folder, VolumeAccess.Write)],
        Restart = RestartRule.Always,
    })
    { After = [new(Prepare, ComposeCondition.Completed)] };

    // The edge's control socket lies in its volume, where this one finds it.
    private static ComposeService RouteService(ComposeSettings settings) => new("route", Once(settings) with
    {
        Command = ["route", "--directory", EdgeContainer.Folder, "--backend", Backend(settings)],
        User = settings.Stage.User,
        Volumes = [new(Edge, EdgeContainer.Folder, VolumeAccess.Write)],
    })
    {
        Life = ComposeLife.RunsOnce,
        After = [new(Edge, ComposeCondition.Started), .. settings.Instances.Select(instance => new ComposeDependency(instance.Id, ComposeCondition.Started))],
    };

    private static string Backend(ComposeSettings settings)
    {
        var first = settings.Instances[0];
        var destinations = settings.Instances.Select(instance => $"{instance.Id}={ComposeInstances.AddressOf(instance, settings.Engine).GetLeftPart(UriPartial.Authority)}");
        return string.Join(',', destinations.Prepend("100").Prepend(first.Digest.Value).Prepend(first.Colour.Name()));
    }

    private static ContainerSpecification Once(ComposeSettings settings) => new()
    {
        Name = "",
        Role = "",
        Image = settings.Images.Edge,
        Network = Network(settings),
        Limits = new() { Megabytes = 256 },
        Init = false,
    };

    private static ContainerNetwork Network(ComposeSettings settings) => ContainerNetwork.Named(settings.Stage.Scope.Network);
}
