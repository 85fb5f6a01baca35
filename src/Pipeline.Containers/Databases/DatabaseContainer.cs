using Pipeline.Containers.Hosts;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Postgres.Connections;
using Pipeline.Relay.Targets;

namespace Pipeline.Containers.Databases;

/// <summary>
/// An environment's own PostgreSQL: a container on the first host with its data in a volume of the environment. It is reached from instances at an address that
/// it keeps, and from here through the tunnel. One that runs keeps its image and limits, whatever the settings name now, until somebody asks for others.
/// </summary>
/// <param name="stage">The environment.</param>
/// <param name="environment">What the environment is.</param>
/// <param name="settings">What the database is.</param>
/// <param name="time">The clock.</param>
public sealed class DatabaseContainer(EnvironmentStage stage, StageSettings environment, DatabaseSettings settings, TimeProvider time) : IDisposable
{
    private const string Role = "database";
    private const string Data = "/var/lib/postgresql/data";
    internal const string Sockets = "/var/run/postgresql";

    // Address and published port, in words, so that no other version of this program takes the same place for another.
    private const string PlaceLabel = "pipeline.place";

    internal const int Port = 5432;

    // The official image asks for a password at every start, but needs it only for the first: when the host was started anew there is none in memory.
    private const string Start = """
        if [ -s "$PGDATA/PG_VERSION" ] && [ ! -s "$POSTGRES_PASSWORD_FILE" ]; then unset POSTGRES_PASSWORD_FILE; export POSTGRES_PASSWORD=unused; fi
        exec docker-entrypoint.sh "$@"
        """;

    // A server that is stopped in haste reads its log at the next start.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim gate = new(1);
    private RunningDatabase? running;

    private string Container => environment.Scope.Container("postgres");

    private string Volume => Container;

    private EnvironmentHost Host => stage.First;

    private DatabaseAccess Access => new(Host, environment, settings, Container, time);

    private DatabaseReplacement Replacement => new(Host, Container, StopTimeout);

    /// <summary>Brings the image to the host where the database is to be started of it, so that nothing waits for it under the lock of a deployment.</summary>
    /// <exception cref="DeliveryException">The host cannot be reached, or the image cannot be brought there.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        if (settings.Renew || await Host.Containers.FindAsync(Container, cancellation) is null)
            await settings.Image.EnsureAsync(Host.Docker, cancellation);
    }

    /// <summary>Starts the database, or finds it, and waits until it lets its owner in; once a run.</summary>
    /// <exception cref="DeliveryException">
    /// It cannot be started, or lets nobody in; the message ends with the last lines of its log. Or the image to start is of another major version than the data.
    /// </exception>
    public async Task<RunningDatabase> EnsureRunningAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            return running ??= await StartAsync(cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Lets go of what a run holds; the database runs on.</summary>
    public void Dispose() => gate.Dispose();

    private async Task<RunningDatabase> StartAsync(CancellationToken cancellation)
    {
        await stage.KeepAsync(cancellation);
        var address = (await stage.AddressesAsync(cancellation)).Database;
        await Host.Volumes.EnsureAsync(Volume, cancellation);
        var (password, origin) = await new DatabasePassword(Host, environment.Scope).ReadOrMakeAsync(cancellation);
        stage.Doors.To($".s.PGSQL.{Port}", RelayTarget.ToTcp(address, Port));
        var found = new RunningDatabase(
            new PostgresServer(stage.Doors.Folder, Port, settings.Database, settings.Database, password),
            new PostgresServer(settings.PublishedPort is null ? address : environment.First.Address!, settings.PublishedPort ?? Port, settings.Database, settings.Database, password));
        await Replacement.PutBackAsync(cancellation);
        var present = await Host.Containers.FindAsync(Container, cancellation);
        if (!Stays(present, address) || settings.Renew)
            await StartContainerAsync(present, address, found.FromHere, cancellation);
        if (origin == PasswordOrigin.Made)
            await Access.SetPasswordAsync(password, cancellation);
        await Access.WaitUntilItLetsInAsync(found.FromHere, mayStartAgain: true, cancellation);
        return found;
    }

    // One without the label was made before there was one.
    private bool Stays(ContainerState? present, string address) =>
        Runs(present) && (present!.Label(PlaceLabel) ?? Place(address)) == Place(address);

    private static bool Runs(ContainerState? present) => present is { Life: { Running: true, Restarting: false } and not { Status: "paused" } };

    private async Task StartContainerAsync(ContainerState? present, string address, PostgresServer server, CancellationToken cancellation)
    {
        // Another place is no reason for another image.
        var image = Runs(present) && !settings.Renew ? present!.ImageId : await settings.Image.EnsureAsync(Host.Docker, cancellation);
        var wanted = Specify(image, address);
        if (Runs(present) && present!.Label(ScopeLabels.Specification) == wanted.Fingerprint())
            return;
        await new DatabaseVersions(Host, settings, environment.Scope.Environment).RequireSameAsync(image, Volume, cancellation);
        if (Runs(present))
            await Replacement.RunAsync(wanted, stop => Access.WaitUntilItLetsInAsync(server, mayStartAgain: false, stop), cancellation);
        else
            await Host.Containers.EnsureAsync(wanted, cancellation);
    }

    /// <summary>The container of a database.</summary>
    /// <param name="settings">What the database is.</param>
    /// <param name="name">The container's name.</param>
    /// <param name="image">Its image, as the host names it.</param>
    /// <param name="data">The volume of its data.</param>
    /// <param name="network">Where it is reached.</param>
    /// <param name="passwordFile">Where it finds its password.</param>
    internal static ContainerSpecification Specify(DatabaseSettings settings, string name, string image, string data, ContainerNetwork network, string passwordFile) => new()
    {
        Name = name,
        Role = Role,
        Image = image,
        Entrypoint = ["sh", "-c", Start, "sh"],
        Command = ["postgres"],
        Environment = new Dictionary<string, string>
        {
            ["POSTGRES_USER"] = settings.Database,
            ["POSTGRES_DB"] = settings.Database,
            ["POSTGRES_PASSWORD_FILE"] = passwordFile,
            ["PGDATA"] = Data,
        },
        User = settings.User,
        Network = network,
        Volumes = [new(data, Data, VolumeAccess.Write)],
        Memory = [new("/tmp", 64), new(Sockets, 1), new("/dev/shm", 128)],
        Limits = settings.Limits,
        HealthCheck = new(["pg_isready", "--quiet", "--host", Sockets, "--username", settings.Database]),
        StopTimeout = StopTimeout,
    };

    private ContainerSpecification Specify(string image, string address)
    {
        var database = Specify(settings, Container, image, Volume, ContainerNetwork.At(environment.Scope.Network, address), DatabasePassword.Path);
        return database with
        {
            Ports = settings.PublishedPort is { } port ? [new(environment.PublishedOn, port, Port)] : [],
            Volumes = [.. database.Volumes, new(DatabasePassword.Volume(environment.Scope), DatabasePassword.Folder, VolumeAccess.Read)],
            Labels = new Dictionary<string, string> { [PlaceLabel] = Place(address) },
        };
    }

    private string Place(string address) => settings.PublishedPort is { } port ? $"{address}, published on {environment.PublishedOn}:{port}" : address;
}

/// <summary>A running database.</summary>
/// <param name="FromHere">How this program reaches it, through the tunnel.</param>
/// <param name="FromInstances">How instances reach it.</param>
public sealed record RunningDatabase(PostgresServer FromHere, PostgresServer FromInstances);
