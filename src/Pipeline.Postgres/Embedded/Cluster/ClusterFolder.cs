using System.Security.Cryptography;
using System.Text;
using Pipeline.Delivery;

namespace Pipeline.Postgres.Embedded.Cluster;

/// <summary>The files of one cluster: state and passwords in its folder, the data where the server's user can reach them.</summary>
internal sealed class ClusterFolder(string directory)
{
    /// <summary>Where data lie that cannot lie below the folder itself, because the server's user may not enter one of its parents.</summary>
    public const string SharedRoot = "/var/lib/pipeline";

    private const string OwnLocation = "cluster";
    private const int PasswordBytes = 24;

    /// <summary>The folder itself, links resolved: the system names the working directory of a process so, too.</summary>
    public string Root { get; } = Resolve(Path.GetFullPath(directory));

    /// <summary>The folder of the supervised process.</summary>
    public string Server => Path.Combine(Root, "server");

    public string StateFile => Path.Combine(Root, "cluster.json");

    private string Superuser => Path.Combine(Root, "superuser.password");

    private string Application => Path.Combine(Root, "application.password");

    private string SharedLocation => Path.Combine(SharedRoot, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..16]);

    /// <summary>Makes the folder and, in it or beside it, the one for the data, which belongs to the server's user.</summary>
    /// <returns>The folder for the data, as <see cref="ClusterState.Location"/> keeps it.</returns>
    public async Task<string> CreateLocationAsync(ClusterUser user, CancellationToken cancellation)
    {
        var location = await user.MayEnterAsync(Root, cancellation) ? OwnLocation : SharedLocation;
        var path = Path.Combine(Root, location);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        PrivateFile.CreateDirectory(path);
        await user.OwnAsync(path, cancellation);
        return location;
    }

    /// <summary>The folder that the server's files lie in.</summary>
    public string LocationOf(ClusterState state) => Path.Combine(Root, state.Location);

    /// <summary>The data folder itself.</summary>
    public string DataOf(ClusterState state) => Path.Combine(LocationOf(state), "data");

    public string ReadSuperuserPassword() => ReadPassword(Superuser);

    public string ReadApplicationPassword() => ReadPassword(Application);

    /// <summary>Writes the passwords of a new cluster: 192 random bits each, mode 0600.</summary>
    public void CreatePasswords()
    {
        foreach (var file in new[] { Superuser, Application })
            PrivateFile.Write(file, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes)));
    }

    /// <summary>Removes everything of the cluster, and the folder when nothing else lies in it.</summary>
    public void Delete(ClusterState? state)
    {
        var location = state is null ? Path.Combine(Root, OwnLocation) : LocationOf(state);
        foreach (var folder in new[] { location, Server }.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
        // The state goes last: a deletion that was interrupted can still be repeated.
        foreach (var file in new[] { Superuser, Application, StateFile, Path.Combine(Root, "lock") })
            File.Delete(file);
        if (!Directory.EnumerateFileSystemEntries(Root).Any())
            Directory.Delete(Root);
    }

    private static string Resolve(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        var resolved = Path.Combine(Resolve(parent), Path.GetFileName(path));
        return Directory.Exists(resolved) && Directory.ResolveLinkTarget(resolved, returnFinalTarget: true) is { } target ? Resolve(target.FullName) : resolved;
    }

    private string ReadPassword(string file) => File.Exists(file)
        ? File.ReadAllText(file)
        : throw new DeliveryException($"{file}: is missing, and nobody can enter the cluster in {Root} without it; restore it, or remove the data with --target Down --delete-data true");
}
