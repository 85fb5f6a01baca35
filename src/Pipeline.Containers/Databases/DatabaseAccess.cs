using System.Text;
using Npgsql;
using Pipeline.Containers.Hosts;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Postgres.Connections;

namespace Pipeline.Containers.Databases;

/// <summary>The way of an owner into the database of a container: the password is set, and somebody is let in.</summary>
internal sealed class DatabaseAccess(EnvironmentHost host, StageSettings environment, DatabaseSettings settings, string container, TimeProvider time)
{
    private const int LastLines = 10;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Gives the owner a password.</summary>
    /// <exception cref="DeliveryException">The server does not take it in time.</exception>
    public async Task SetPasswordAsync(string password, CancellationToken cancellation)
    {
        // Over the server's own socket, whose users need no password: who may run commands in the container may read its files too.
        string[] command = ["psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--host", DatabaseContainer.Sockets, "--username", settings.Database, "--dbname", settings.Database];
        var call = new DockerCall(["container", "exec", "--interactive", container, .. command])
        {
            About = $"password of {settings.Database} in container {container}",
            Input = Encoding.ASCII.GetBytes($"alter role \"{settings.Database}\" password '{password}';\n"),
        };
        var started = time.GetTimestamp();
        DockerResult result;
        while ((result = await host.Docker.TryAsync(call, cancellation)).ExitCode != 0)
        {
            if (time.GetElapsedTime(started) > settings.ReadyTimeout)
                throw await FailureAsync($"its password cannot be set ({result.Errors.Trim()})", null, cancellation);
            await Task.Delay(Look, time, cancellation);
        }
    }

    /// <summary>Waits until the owner is let in.</summary>
    /// <param name="server">The way and the password.</param>
    /// <param name="mayStartAgain">Whether a server that ended gets another try, as after a crash.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="DeliveryException">It lets nobody in; the message ends with the last lines of its log.</exception>
    public async Task WaitUntilItLetsInAsync(PostgresServer server, bool mayStartAgain, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var corrected = false;
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        while (true)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellation);
                return;
            }
            catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.InvalidPassword && !corrected)
            {
                // A run that ended between writing a new password and setting it left the database with the one before.
                corrected = true;
                await SetPasswordAsync(server.Password, cancellation);
            }
            catch (NpgsqlException problem)
            {
                var gaveUp = !mayStartAgain && await host.Containers.FindAsync(container, cancellation) is null or { RestartCount: > 0 };
                if (gaveUp || time.GetElapsedTime(started) > settings.ReadyTimeout || problem is PostgresException { SqlState: PostgresErrorCodes.InvalidPassword })
                    throw await FailureAsync($"it does not let {settings.Database} in ({problem.Message})", problem, cancellation);
                await Task.Delay(Look, time, cancellation);
            }
        }
    }

    private async Task<DeliveryException> FailureAsync(string what, Exception? cause, CancellationToken cancellation)
    {
        var lines = await host.Containers.ReadLogAsync(container, LastLines, cancellation);
        var said = lines.Count == 0 ? "it wrote nothing" : $"its log ends with:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", lines)}";
        return new($"database of {environment.Scope.Environment}: container {container} on {environment.First}: {what}; correct what it complains of and run again; {said}", cause);
    }
}
