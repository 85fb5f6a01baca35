using Pipeline.Delivery;
using Pipeline.Postgres.Embedded.Binaries;

namespace Pipeline.Postgres.Embedded.Cluster;

/// <summary>Makes the data folder of a cluster, whole or not at all.</summary>
internal sealed class ClusterCreation(PostgresBinaries binaries, ClusterUser user)
{
    public const string Superuser = "pipeline_superuser";

    /// <summary>Who may connect: with a password, over the loopback interface, by name. No other line, no local sockets.</summary>
    private const string HostBasedAuthentication = "host all all 127.0.0.1/32 scram-sha-256\n";

    public async Task CreateAsync(string location, string password, CancellationToken cancellation)
    {
        var data = Path.Combine(location, "data");
        var unfinished = Path.Combine(location, "data.unfinished");
        var passwordFile = Path.Combine(location, "initial.password");
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        try
        {
            PrivateFile.Write(passwordFile, password);
            await user.OwnAsync(passwordFile, cancellation);
            await InitializeAsync(unfinished, passwordFile, cancellation);
            await File.WriteAllTextAsync(Path.Combine(unfinished, "pg_hba.conf"), HostBasedAuthentication, cancellation);
            Directory.Move(unfinished, data);
        }
        catch (IOException cause)
        {
            throw new DeliveryException($"{location}: the cluster could not be made ({cause.Message}); free space or correct the folder's rights, then run again", cause);
        }
        finally
        {
            File.Delete(passwordFile);
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);
        }
    }

    private async Task InitializeAsync(string folder, string passwordFile, CancellationToken cancellation)
    {
        var run = await user.RunAsync(binaries.InitDb,
        [
            $"--pgdata={folder}", $"--username={Superuser}", $"--pwfile={passwordFile}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--data-checksums",
        ], cancellation);
        if (run is not { ExitCode: 0 })
            throw new DeliveryException(
                $"{folder}: {binaries.InitDb} failed{(run is null ? " to start" : $" with exit code {run.ExitCode}: {run.Error.Trim()}")}; correct what it names, then run again");
    }
}
