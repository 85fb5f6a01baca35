using System.Formats.Tar;
using System.Globalization;
using System.Text;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Engines.Docker.Secrets;

/// <summary>
/// Secrets as files in the keeper's memory, one folder for each set of settings, so that an old and a new release find each its own. They go there on
/// standard input: no argument list, environment, label or image ever holds one.
/// </summary>
internal sealed class InstanceSecrets(DockerCli docker, EnvironmentScope scope, string user)
{
    private const string FileSuffix = "_FILE";
    private const string Complete = ".complete";
    private const int FolderLength = 16;
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The variables by which an application finds its secrets: <c>DATABASE_URL_FILE=/run/secrets/3f2a…/DATABASE_URL</c>.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Variables(string settingsFingerprint, IEnumerable<string> keys) =>
        keys.Select(key => KeyValuePair.Create(key + FileSuffix, $"{SecretsVolume.Path}/{Folder(settingsFingerprint)}/{key}"));

    /// <summary>Puts the secrets of a set of settings into memory; does nothing when they are there.</summary>
    /// <exception cref="DockerException">The keeper does not run, or the host cannot be asked.</exception>
    internal async Task WriteAsync(string settingsFingerprint, IReadOnlyDictionary<string, string> secrets, CancellationToken cancellation)
    {
        var folder = Folder(settingsFingerprint);
        if (await HasAsync(folder, cancellation))
            return;
        var archive = await ArchiveAsync(folder, secrets);
        await docker.RunAsync(Exec("tar", "-x", "-f", "-", "-C", SecretsVolume.Path) with { Input = archive }, cancellation);
    }

    /// <summary>Whether a container that reads secrets has none: its host was started anew, and memory is empty then.</summary>
    internal async Task<bool> AreGoneAsync(ContainerState container, CancellationToken cancellation)
    {
        // One that runs steadily found what it needs; nobody has to be asked.
        var steady = container is { RestartCount: 0, Life: { Status: "running", Restarting: false } };
        if (steady || container.Label(ScopeLabels.Settings) is not { } fingerprint || container.Mounts.All(mount => mount.Volume != scope.SecretsVolume))
            return false;
        var listed = await docker.TryAsync(Exec("tar", "-c", "-f", "-", "-C", SecretsVolume.Path, "."), cancellation);
        return listed.ExitCode == 0 && !await HasAsync(Folder(fingerprint), cancellation);
    }

    /// <summary>Takes out of memory what no container of the environment refers to any more. Nothing happens where the keeper does not run.</summary>
    internal async Task ForgetAsync(string settingsFingerprint, IReadOnlyList<ContainerState> containers, CancellationToken cancellation)
    {
        var keeper = containers.FirstOrDefault(container => container.Name == scope.Keeper);
        if (keeper is not { Life: { Running: true, Restarting: false } } || containers.Any(container => container.Label(ScopeLabels.Settings) == settingsFingerprint))
            return;
        await docker.RunAsync(Exec("rm", "-r", "-f", $"{SecretsVolume.Path}/{Folder(settingsFingerprint)}"), cancellation);
    }

    // The mark comes last in the archive: where it is, everything is.
    private async Task<bool> HasAsync(string folder, CancellationToken cancellation) =>
        (await docker.TryAsync(Exec("tar", "-c", "-f", "-", "-C", SecretsVolume.Path, $"{folder}/{Complete}"), cancellation)).ExitCode == 0;

    private static string Folder(string settingsFingerprint) => settingsFingerprint[..FolderLength];

    private DockerCall Exec(params string[] command) => new(["container", "exec", "--interactive", "--user", user, scope.Keeper, .. command])
    {
        About = $"secrets in the memory of container {scope.Keeper}",
    };

    private async Task<ReadOnlyMemory<byte>> ArchiveAsync(string folder, IReadOnlyDictionary<string, string> secrets)
    {
        using var content = new MemoryStream();
        await using (var tar = new TarWriter(content, TarEntryFormat.Ustar, leaveOpen: true))
        {
            await tar.WriteEntryAsync(Owned(new UstarTarEntry(TarEntryType.Directory, folder) { Mode = FolderMode }));
            foreach (var (key, value) in secrets.OrderBy(secret => secret.Key, StringComparer.Ordinal).Append(new(Complete, "")))
            {
                using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(value));
                await tar.WriteEntryAsync(Owned(new UstarTarEntry(TarEntryType.RegularFile, $"{folder}/{key}") { Mode = UnixFileMode.UserRead, DataStream = bytes }));
            }
        }
        return content.ToArray();
    }

    private UstarTarEntry Owned(UstarTarEntry entry)
    {
        var owner = user.Split(':');
        entry.Uid = int.Parse(owner[0], CultureInfo.InvariantCulture);
        entry.Gid = int.Parse(owner[^1], CultureInfo.InvariantCulture);
        return entry;
    }
}
