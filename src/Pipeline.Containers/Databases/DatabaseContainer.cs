using System.Text;
using Npgsql;
using Pipeline.Containers.Hosts;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Postgres.Connections;
using Pipeline.Relay.Targets;

namespace Pipeline.Containers.Databases;

/// <summary>
/// An environment's own PostgreSQL: a container on the first host with its data in a volume of the environment. It is reached from instances at an address that
/// it keeps, and from here through the tunnel.
/// </summary>
/// <param name="stage">The environment.</param>
/// <param name="environment">What the environment is.</param>
/// <param name="settings">What the database is.</param>
/// <param name="time">The clock.</param>
public sealed class DatabaseContainer(EnvironmentStage stage, StageSettings environment, DatabaseSettings settings, TimeProvider time) : IDisposable
{
    private const string Role = "database";
    private const string Data = "/var/lib/postgresql/data";
    private const string Sockets = "/var/run/postgresql";
    internal const int Port = 5432;
    private const int LastLines = 10;

    // The official image asks for a password at every start, but needs it only for the first: when the host was started anew there is none in memory.
    private const string Start = """
        if [ -s "$PGDATA/PG_VERSION" ] && [ ! -s "$POSTGRES_PASSWORD_FILE" ]; then unset POSTGRES_PASSWORD_FILE; export POSTGRES_PASSWORD=unused; fi
        exec docker-entrypoint.sh "$@"
        """;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly SemaphoreSlim gate = new(1);
    private RunningDatabase? running;

    private string Container => environment.Scope.Container("postgres");

    private EnvironmentHost Host => stage.First;

    /// <summary>Starts the database, or finds it, and waits until it lets its owner in; once a run.</summary>
    /// <exception cref="DeliveryException">It cannot be started, or lets nobody in; the message ends with the last lines of its log.</exception>
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
        var image = await settings.Image.EnsureAsync(Host.Docker, cancellation);
        var address = (await stage.AddressesAsync(cancellation)).Database;
        var volume = environment.Scope.Container("postgres");
        await Host.Volumes.EnsureAsync(volume, cancellation);
        var (password, origin) = await new DatabasePassword(Host, environment.Scope).ReadOrMakeAsync(cancellation);
        await Host.Containers.EnsureAsync(Specify(image, address, volume), cancellation);
        if (origin == PasswordOrigin.Made)
            await SetPasswordAsync(password, cancellation);
        stage.Doors.To($".s.PGSQL.{Port}", RelayTarget.ToTcp(address, Port));
        var found = new RunningDatabase(
            new PostgresServer(stage.Doors.Folder, Port, settings.Database, settings.Database, password),
            new PostgresServer(settings.PublishedPort is null ? address : environment.First.Address!, settings.PublishedPort ?? Port, settings.Database, settings.Database, password));
        await WaitUntilItLetsInAsync(found.FromHere, cancellation);
        return found;
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
        // A server that is stopped in haste reads its log at the next start.
        StopTimeout = TimeSpan.FromSeconds(60),
    };

    private ContainerSpecification Specify(string image, string address, string volume)
    {
        var database = Specify(settings, Container, image, volume, ContainerNetwork.At(environment.Scope.Network, address), DatabasePassword.Path);
        return database with
        {
            Ports = settings.PublishedPort is { } port ? [new(environment.PublishedOn, port, Port)] : [],
            Volumes = [.. database.Volumes, new(DatabasePassword.Volume(environment.Scope), DatabasePassword.Folder, VolumeAccess.Read)],
        };
    }

    // Over the server's own socket, whose users need no password: who may run commands in the container may read its files too.
    private async Task SetPasswordAsync(string password, CancellationToken cancellation)
    {
        string[] command = ["psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--host", Sockets, "--username", settings.Database, "--dbname", settings.Database];
        var call = new DockerCall(["container", "exec", "--interactive", Container, .. command])
        {
            About = $"password of {settings.Database} in container {Container}",
            Input = Encoding.ASCII.GetBytes($"alter role \"{settings.Database}\" password '{password}';\n"),
        };
        var started = time.GetTimestamp();
        DockerResult result;
        while ((result = await Host.Docker.TryAsync(call, cancellation)).ExitCode != 0)
        {
            if (time.GetElapsedTime(started) > settings.ReadyTimeout)
                throw await FailureAsync($"its password cannot be set ({result.Errors.Trim()})", null, cancellation);
            await Task.Delay(Look, time, cancellation);
        }
    }

    private async Task WaitUntilItLetsInAsync(PostgresServer server, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        while (true)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellation);
                return;
            }
            catch (NpgsqlException problem)
            {
                if (time.GetElapsedTime(started) > settings.ReadyTimeout || problem is PostgresException { SqlState: PostgresErrorCodes.InvalidPassword })
                    throw await FailureAsync($"it does not let {settings.Database} in ({problem.Message})", problem, cancellation);
                await Task.Delay(Look, time, cancellation);
            }
        }
    }

    private async Task<DeliveryException> FailureAsync(string what, Exception? cause, CancellationToken cancellation)
    {
        var lines = await Host.Containers.ReadLogAsync(Container, LastLines, cancellation);
        var said = lines.Count == 0 ? "it wrote nothing" : $"its log ends with:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", lines)}";
        return new($"database of {environment.Scope.Environment}: container {Container} on {environment.First}: {what}; correct what it complains of and run again; {said}", cause);
    }
}

/// <summary>A running database.</summary>
/// <param name="FromHere">How this program reaches it, through the tunnel.</param>
/// <param name="FromInstances">How instances reach it.</param>
public sealed record RunningDatabase(PostgresServer FromHere, PostgresServer FromInstances);
