using System.Globalization;
using Npgsql;
using Pipeline.Delivery;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Embedded.Binaries;
using Pipeline.Supervision;

namespace Pipeline.Postgres.Embedded.Cluster;

/// <summary>Brings the server of an existing cluster up and waits until it lets its superuser in.</summary>
internal sealed class ClusterStart(ClusterFolder folder, ISupervisors supervisors, TimeProvider time, EmbeddedPostgresSettings settings)
{
    private const int FastShutdown = 2;
    private const int LogLines = 20;
    private const long SpaceToStart = 1024 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>A backend in the middle of something may outlive its postmaster; after this time it is ended.</summary>
    private static readonly TimeSpan OrphanPatience = TimeSpan.FromSeconds(3);

    public async Task<ClusterState> StartAsync(ClusterState state, PostgresBinaries binaries, ClusterUser user, CancellationToken cancellation)
    {
        var remains = new ClusterRemains(folder.DataOf(state));
        var port = settings.Port ?? state.Port;
        if (supervisors.Observe(folder.Server) is not { Running: true, Supervised: true } || port != state.Port)
        {
            await supervisors.StopAsync(folder.Server, cancellation);
            await remains.EndAsync(OrphanPatience, time, cancellation);
            remains.RemoveStalePidFile();
            state = state with { Port = ClusterPort.Choose(folder.Root, settings.Port, state.Port) };
            state.Write(folder.StateFile);
        }
        await supervisors.StartAsync(Describe(state, binaries, user), cancellation);
        await WaitAsync(state, cancellation);
        return state;
    }

    private ProcessSpecification Describe(ClusterState state, PostgresBinaries binaries, ClusterUser user) => new()
    {
        Directory = folder.Server,
        FileName = binaries.Postgres,
        Arguments = ["-D", folder.DataOf(state), .. ServerSettings(state.Port).SelectMany(setting => new[] { "-c", setting })],
        Environment = new Dictionary<string, string> { ["LC_ALL"] = "C", ["TZ"] = "UTC" },
        WorkingDirectory = folder.DataOf(state),
        StopSignal = FastShutdown,
        StopTimeout = TimeSpan.FromSeconds(60),
        User = user.Name,
    };

    // On the command line they cannot be changed from inside the database, and a changed one makes a changed specification.
    private static IEnumerable<string> ServerSettings(int port) =>
    [
        "listen_addresses=127.0.0.1",
        string.Create(CultureInfo.InvariantCulture, $"port={port}"),
        "unix_socket_directories=",
        "shared_buffers=32MB",
        "max_connections=100",
        "password_encryption=scram-sha-256",
        "logging_collector=off",
        "log_destination=stderr",
        "log_line_prefix=%m [%p] %u@%d ",
        "timezone=UTC",
        "log_timezone=UTC",
    ];

    private async Task WaitAsync(ClusterState state, CancellationToken cancellation)
    {
        var superuser = new PostgresServer("127.0.0.1", state.Port, "postgres", ClusterCreation.Superuser, folder.ReadSuperuserPassword());
        var since = time.GetTimestamp();
        while (await FindFaultAsync(superuser, state, cancellation) is { } fault)
        {
            if (time.GetElapsedTime(since) > settings.StartTimeout || supervisors.Observe(folder.Server) is not { Supervised: true })
                throw new DeliveryException(
                    $"{folder.Root}: PostgreSQL on port {state.Port} does not let anybody in ({fault}){Remedy(state)}; its last words:{System.Environment.NewLine}"
                    + string.Join(System.Environment.NewLine, supervisors.ReadLog(folder.Server, LogLines)));
            if (time.GetElapsedTime(since) > OrphanPatience)
                await new ClusterRemains(folder.DataOf(state)).EndOrphansAsync(supervisors.Observe(folder.Server)?.ProcessId, OrphanPatience, time, cancellation);
            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <summary>The server itself says of a full disk only which file it could not write.</summary>
    private string Remedy(ClusterState state)
    {
        var data = folder.DataOf(state);
        return new DriveInfo(data).AvailableFreeSpace < SpaceToStart ? $"; no space left on device: free space on the disk of {data} and run again" : "";
    }

    /// <summary>Why the server is not ready; null when it is, and provably serves this cluster.</summary>
    private async Task<string?> FindFaultAsync(PostgresServer superuser, ClusterState state, CancellationToken cancellation)
    {
        var fault = await ServerProbe.FindFaultAsync(superuser, cancellation);
        if (fault is PostgresException { SqlState: PostgresErrorCodes.InvalidPassword })
            throw new DeliveryException(
                $"{folder.Root}: the server on port {state.Port} refuses the password in superuser.password; restore that file, or end the other server on this port", fault);
        return fault?.Message;
    }
}
