using System.Security.Cryptography;
using System.Text;
using Pipeline.Containers.Hosts;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Containers.Databases;

/// <summary>
/// The password of an environment's database. Nobody has to know it: it is made at random and lies in the memory of keeper and database alone, where every run
/// finds it, from whatever machine. When a host was started anew it is gone, and with it everybody who used it, so another takes its place.
/// </summary>
internal sealed class DatabasePassword(EnvironmentHost host, EnvironmentScope scope)
{
    public const string Folder = "/run/database";
    public const string Path = $"{Folder}/password";
    private const int Letters = 40;

    public static string Volume(EnvironmentScope scope) => scope.Container("database-password");

    /// <summary>Reads the password, or makes one.</summary>
    public async Task<(string Password, PasswordOrigin Origin)> ReadOrMakeAsync(CancellationToken cancellation)
    {
        var found = await host.Docker.TryAsync(Exec(["cat", Path], default), cancellation);
        if (found.ExitCode == 0 && found.Output.Length == Letters)
            return (found.Output, PasswordOrigin.Found);
        var password = RandomNumberGenerator.GetHexString(Letters, lowercase: true);
        await host.Docker.RunAsync(Exec(["sh", "-c", $"umask 022 && cat >{Path}.new && mv {Path}.new {Path}"], Encoding.ASCII.GetBytes(password)), cancellation);
        // Two first runs at once agree on the one that was written last.
        var written = await host.Docker.RunAsync(Exec(["cat", Path], default), cancellation);
        return written.Length == Letters
            ? (written, PasswordOrigin.Made)
            : throw new DeliveryException($"{host}: {Path} in container {scope.Keeper} does not hold the database's password; remove that container, then run again");
    }

    private DockerCall Exec(string[] command, ReadOnlyMemory<byte> input) => new(["container", "exec", "--interactive", scope.Keeper, .. command])
    {
        About = $"password of the database in container {scope.Keeper}",
        Input = input,
    };
}

/// <summary>Where a password came from.</summary>
internal enum PasswordOrigin
{
    /// <summary>The database has it already.</summary>
    Found,

    /// <summary>It was made now.</summary>
    Made,
}
