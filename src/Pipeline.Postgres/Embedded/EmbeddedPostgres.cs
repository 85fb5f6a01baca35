using System.Text.RegularExpressions;
using Pipeline.Delivery;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Embedded.Binaries;
using Pipeline.Postgres.Embedded.Cluster;
using Pipeline.Supervision;

namespace Pipeline.Postgres.Embedded;

/// <summary>
/// A PostgreSQL server of this machine that serves one environment, or the ledger, alone: own data, own random passwords, loopback only. It outlives the build
/// program and is started again when it crashes. Root's servers run as user <c>postgres</c> or <c>nobody</c>.
/// </summary>
public sealed partial class EmbeddedPostgres : IDatabaseServer
{
    private readonly ClusterFolder folder;
    private readonly ISupervisors supervisors;
    private readonly TimeProvider time;
    private readonly EmbeddedPostgresSettings settings;

    /// <summary>Describes the server; nothing is done yet.</summary>
    /// <param name="directory">The folder of this server alone. Made when missing.</param>
    /// <param name="supervisors">Keeps the server running.</param>
    /// <param name="time">The clock for waiting.</param>
    /// <param name="settings">How it is set up.</param>
    /// <exception cref="DeliveryException">A setting is out of its bounds.</exception>
    public EmbeddedPostgres(string directory, ISupervisors supervisors, TimeProvider time, EmbeddedPostgresSettings? settings = null)
    {
        folder = new ClusterFolder(directory);
        this.supervisors = supervisors;
        this.time = time;
        this.settings = settings ?? new EmbeddedPostgresSettings();
        if (!Name().IsMatch(this.settings.Database))
            throw new DeliveryException($"{directory}: database name '{this.settings.Database}' is not allowed; "
                + "use a lower-case letter, then lower-case letters, digits and underscores, at most 63");
    }

    /// <inheritdoc />
    public DatabaseLife Life => ClusterState.Read(folder.StateFile) is null ? DatabaseLife.Absent
        : supervisors.Observe(folder.Server) is { Supervised: true } ? DatabaseLife.Kept
        : DatabaseLife.Stopped;

    /// <inheritdoc />
    public async Task<PostgresServer> EnsureRunningAsync(CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
            throw new DeliveryException($"{folder.Root}: an embedded PostgreSQL runs on Linux and macOS only; "
                + "set DATABASE_URL of the environment and PIPELINE_LEDGER to a server of your own");
        try
        {
            return await EnsureAsync(cancellation);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException($"{folder.Root}: {cause.Message}; correct the rights of that folder, or free space", cause);
        }
        catch (SupervisionException cause)
        {
            throw new DeliveryException(cause.Message, cause);
        }
    }

    /// <inheritdoc />
    public async Task<PostgresServer?> ObserveAsync(CancellationToken cancellation)
    {
        if (ClusterState.Read(folder.StateFile) is not { Prepared: true } state || !IsRunning())
            return null;
        var server = Application(state);
        return await ServerProbe.AnswersAsync(server, cancellation) ? server : null;
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (!Directory.Exists(folder.Root))
            return;
        await using var alone = await FolderLock.TakeAsync(folder.Root, cancellation);
        await StopServerAsync(cancellation);
    }

    /// <inheritdoc />
    public async Task DeleteAsync(CancellationToken cancellation)
    {
        if (!Directory.Exists(folder.Root))
            return;
        await using var alone = await FolderLock.TakeAsync(folder.Root, cancellation);
        await StopServerAsync(cancellation);
        folder.Delete(ClusterState.Read(folder.StateFile));
    }

    private async Task<PostgresServer> EnsureAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder.Root);
        await using var alone = await FolderLock.TakeAsync(folder.Root, cancellation);
        var state = ClusterState.Read(folder.StateFile);
        if (state is { Prepared: true } && IsRunning() && HasWantedPort(state) && await ServerProbe.AnswersAsync(Application(state), cancellation))
            return Application(state);
        var user = ClusterUser.Find();
        var binaries = await new PostgresSearch(settings.Places, user).FindAsync(state?.Major, cancellation);
        state = FindData(state) ?? await CreateAsync(binaries, user, cancellation);
        state = await new ClusterStart(folder, supervisors, time, settings).StartAsync(state, binaries, user, cancellation);
        if (!state.Prepared)
        {
            await ClusterRoles.PrepareAsync(Superuser(state), Application(state), cancellation);
            state = state with { Prepared = true };
            state.Write(folder.StateFile);
        }
        return Application(state);
    }

    private async Task StopServerAsync(CancellationToken cancellation)
    {
        await supervisors.StopAsync(folder.Server, cancellation);
        if (ClusterState.Read(folder.StateFile) is { } state)
            await new ClusterRemains(folder.DataOf(state)).EndAsync(settings.StartTimeout, time, cancellation);
    }

    /// <summary>The state when it has data; null when nothing was ever made of it.</summary>
    private ClusterState? FindData(ClusterState? state)
    {
        if (state is null || Directory.Exists(folder.DataOf(state)))
            return state;
        return state.Prepared
            ? throw new DeliveryException($"{folder.DataOf(state)}: the data of the database are gone; "
                + "restore the folder, or begin with an empty database after --target Down --delete-data true")
            : null;
    }

    private async Task<ClusterState> CreateAsync(PostgresBinaries binaries, ClusterUser user, CancellationToken cancellation)
    {
        var location = await folder.CreateLocationAsync(user, cancellation);
        var path = Path.Combine(folder.Root, location);
        if (Directory.Exists(Path.Combine(path, "data")))
            throw new DeliveryException($"{path}: holds a cluster that {folder.StateFile} does not know; "
                + "restore that file, or remove the folder when its data may be lost");
        folder.CreatePasswords();
        var state = new ClusterState(ClusterState.PresentFormat, location, binaries.Major, ClusterPort.Choose(folder.Root, settings.Port, null),
            settings.Database, settings.Database, Prepared: false);
        // Before the data, so that a crash between the two leaves a state without data, which is simply made anew.
        state.Write(folder.StateFile);
        await new ClusterCreation(binaries, user).CreateAsync(path, folder.ReadSuperuserPassword(), cancellation);
        return state;
    }

    private bool IsRunning() => supervisors.Observe(folder.Server) is { Running: true, Supervised: true };

    private bool HasWantedPort(ClusterState state) => settings.Port is null || settings.Port == state.Port;

    private PostgresServer Application(ClusterState state) =>
        new("127.0.0.1", state.Port, state.Database, state.User, folder.ReadApplicationPassword());

    private PostgresServer Superuser(ClusterState state) =>
        new("127.0.0.1", state.Port, "postgres", ClusterCreation.Superuser, folder.ReadSuperuserPassword());

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$")]
    private static partial Regex Name();
}
