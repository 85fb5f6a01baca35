using System.Collections.Concurrent;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Images;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Engines.Docker.Instances;

/// <summary>
/// How a host asks instances whether they are well, where nobody named a check: it asks for <c>/health</c> with what the image has for that. An image that brings a check
/// of its own keeps it, and one that has nothing to ask with gets none.
/// </summary>
/// <param name="docker">The host.</param>
/// <param name="settings">How instances run.</param>
public sealed class InstanceHealth(DockerCli docker, DockerEngineSettings settings)
{
    // One of these is in nearly every image: curl or wget, or the bash of Debian's own base, which opens connections by itself.
    private const string Find = "command -v curl || command -v wget || command -v bash";

    // busybox's wget, built statically, crashes with a time-out of its own; the engine has one for the whole check.
    private const string Ask = """
        url="http://127.0.0.1:$PORT/health"
        if command -v curl >/dev/null; then exec curl --silent --show-error --fail --output /dev/null "$url"; fi
        if command -v wget >/dev/null; then exec wget -q -O /dev/null "$url"; fi
        exec bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$PORT"; printf "GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3; read -r _ status _ <&3; [ "$status" = 200 ]'
        """;

    // Of docker itself: https://docs.docker.com/engine/containers/run/#exit-status. An image without a shell has 127.
    private const int EngineFailed = 125;

    private readonly ConcurrentDictionary<string, Lazy<Task<HealthCheck?>>> found = new(StringComparer.Ordinal);

    /// <summary>The check for instances of an image; null when the image has one of its own, or nothing to ask with.</summary>
    /// <param name="image">The image, as the host names it.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="DockerException">The host cannot be asked.</exception>
    public async Task<HealthCheck?> FindAsync(string image, CancellationToken cancellation)
    {
        if (settings.HealthCheck is { } named)
            return named;
        try
        {
            return await found.GetOrAdd(image, _ => new(() => LookAsync(image, cancellation))).Value;
        }
        catch
        {
            // What failed once may be asked again.
            found.TryRemove(image, out _);
            throw;
        }
    }

    private async Task<HealthCheck?> LookAsync(string image, CancellationToken cancellation)
    {
        if (await HostImages.FindAsync(docker, image, cancellation) is { Configuration.HealthCheck: not null })
            return null;
        string[] narrow = ["--network", "none", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--user", settings.User, "--memory", "64m"];
        var labels = settings.Scope.Labels.Append(new(ScopeLabels.Role, InstanceContainer.Role)).SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" });
        var call = new DockerCall(["run", "--rm", "--pull", "never", .. narrow, .. labels, "--entrypoint", "sh", image, "-c", Find]) { About = $"looking for what {image} can be asked with" };
        var result = await docker.TryAsync(call, cancellation);
        if (result.ExitCode == EngineFailed)
            throw docker.Failure(call, result);
        return result.ExitCode == 0 ? new HealthCheck(["sh", "-c", Ask]) : null;
    }
}
