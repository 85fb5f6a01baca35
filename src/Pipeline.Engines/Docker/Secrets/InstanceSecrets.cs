using System.Collections.Concurrent;
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
    private readonly SecretsMemory memory = new(docker, scope, user);
    private readonly ConcurrentDictionary<string, bool> seen = new(StringComparer.Ordinal);

    // Instances start beside one another, and what holds their secrets is replaced once.
    private SemaphoreSlim Gate { get; } = new(1);

    // Sets of settings whose secrets are in memory, but whose containers do not exist yet.
    private readonly List<string> awaited = [];

    private const string FileSuffix = "_FILE";
    private const string Complete = ".complete";
    private const int FolderLength = 16;
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The variables by which an application finds its secrets: <c>DATABASE_URL_FILE=/run/secrets/3f2a…/DATABASE_URL</c>.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Variables(string settingsFingerprint, IEnumerable<string> keys) =>
        keys.Select(key => KeyValuePair.Create(key + FileSuffix, $"{SecretsVolume.Path}/{Folder(settingsFingerprint)}/{key}"));

    /// <summary>Puts the secrets of a set of settings into memory, where containers that start now find them; does nothing when they are there.</summary>
    /// <returns>Keeps them there, whoever else goes, until it is disposed of: when the container that needs them exists.</returns>
    /// <exception cref="DockerException">The keeper does not run, or the host cannot be asked.</exception>
    internal async Task<IDisposable> WriteAsync(string settingsFingerprint, IReadOnlyDictionary<string, string> secrets, CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation);
        try
        {
            await WriteAloneAsync(Folder(settingsFingerprint), secrets, cancellation);
            return new Await(awaited, settingsFingerprint);
        }
        finally
        {
            Gate.Release();
        }
    }

    private async Task WriteAloneAsync(string folder, IReadOnlyDictionary<string, string> secrets, CancellationToken cancellation)
    {
        var holder = await memory.FindHolderAsync(cancellation);
        if (!await HasAsync(holder, folder, cancellation))
            await PutAsync(holder, folder, secrets, cancellation);
        if (seen.ContainsKey(folder))
            return;
        if (!await memory.IsSeenAsync(Mark(folder), cancellation))
            await PutAsync(await memory.ReplaceHolderAsync(cancellation), folder, secrets, cancellation);
        seen[folder] = true;
    }

    /// <summary>Whether a container that reads secrets has none: its host was started anew, and memory is empty then.</summary>
    internal async Task<bool> AreGoneAsync(ContainerState container, CancellationToken cancellation)
    {
        // One that runs steadily found what it needs; nobody has to be asked.
        var steady = container is { RestartCount: 0, Life: { Status: "running", Restarting: false } };
        if (steady || container.Label(ScopeLabels.Settings) is not { } fingerprint || container.Mounts.All(mount => mount.Volume != scope.SecretsVolume))
            return false;
        var holder = await memory.FindHolderAsync(cancellation);
        var listed = await docker.TryAsync(Exec(holder, "tar", "-c", "-f", "-", "-C", SecretsVolume.Path, "."), cancellation);
        return listed.ExitCode == 0 && !await HasAsync(holder, Folder(fingerprint), cancellation);
    }

    /// <summary>Takes out of memory what no container of the environment refers to any more and none that starts waits for. Nothing happens where the keeper does not run.</summary>
    internal async Task ForgetAsync(string settingsFingerprint, CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation);
        try
        {
            var containers = await new ScopedContainers(docker, scope).ListAsync(cancellation);
            if (IsAwaited(settingsFingerprint) || containers.Any(container => container.Label(ScopeLabels.Settings) == settingsFingerprint))
                return;
            foreach (var holder in containers.Where(memory.MayHold).Where(container => container.Life is { Running: true, Restarting: false }))
                await docker.RunAsync(Exec(holder.Name, "rm", "-r", "-f", $"{SecretsVolume.Path}/{Folder(settingsFingerprint)}"), cancellation);
            seen.TryRemove(Folder(settingsFingerprint), out _);
        }
        finally
        {
            Gate.Release();
        }
    }

    private bool IsAwaited(string settingsFingerprint)
    {
        lock (awaited)
            return awaited.Contains(settingsFingerprint);
    }

    // The mark comes last in the archive: where it is, everything is.
    private async Task<bool> HasAsync(string holder, string folder, CancellationToken cancellation) =>
        (await docker.TryAsync(Exec(holder, "tar", "-c", "-f", "-", "-C", SecretsVolume.Path, Mark(folder)), cancellation)).ExitCode == 0;

    private async Task PutAsync(string holder, string folder, IReadOnlyDictionary<string, string> secrets, CancellationToken cancellation)
    {
        var archive = await ArchiveAsync(folder, secrets);
        await docker.RunAsync(Exec(holder, "tar", "-x", "-f", "-", "-C", SecretsVolume.Path) with { Input = archive }, cancellation);
    }

    private static string Mark(string folder) => $"{folder}/{Complete}";

    private static string Folder(string settingsFingerprint) => settingsFingerprint[..FolderLength];

    private DockerCall Exec(string holder, params string[] command) => new(["container", "exec", "--interactive", "--user", user, holder, .. command])
    {
        About = $"secrets in the memory of container {holder}",
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

    private sealed class Await : IDisposable
    {
        private readonly List<string> awaited;
        private readonly string settingsFingerprint;

        internal Await(List<string> awaited, string settingsFingerprint)
        {
            (this.awaited, this.settingsFingerprint) = (awaited, settingsFingerprint);
            lock (awaited)
                awaited.Add(settingsFingerprint);
        }

        public void Dispose()
        {
            lock (awaited)
                awaited.Remove(settingsFingerprint);
        }
    }
}
