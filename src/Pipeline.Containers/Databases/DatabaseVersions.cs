using System.Text.RegularExpressions;
using Pipeline.Containers.Hosts;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;

namespace Pipeline.Containers.Databases;

/// <summary>
/// Whether an image's PostgreSQL can read the data of a volume: data are of one major version, https://www.postgresql.org/docs/current/upgrading.html, and a server of
/// another does not start on them.
/// </summary>
internal sealed partial class DatabaseVersions(EnvironmentHost host, DatabaseSettings settings, string environment)
{
    private const string Folder = "/data";
    private const string Ask = $"postgres --version || true; cat {Folder}/PG_VERSION 2>/dev/null || true";

    /// <summary>Refuses an image of another major version than the data's. Where one of them does not say which it is, the server itself will.</summary>
    /// <param name="image">The image, as the host names it.</param>
    /// <param name="volume">The volume with the data.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="DeliveryException">The versions differ.</exception>
    public async Task RequireSameAsync(string image, string volume, CancellationToken cancellation)
    {
        string[] narrow = ["--network", "none", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--user", settings.User];
        string[] run = ["run", "--rm", "--pull", "never", .. narrow, "--mount", $"type=volume,source={volume},target={Folder},readonly", "--entrypoint", "sh", image, "-c", Ask];
        var said = await host.Docker.RunAsync(new DockerCall(run) { About = $"asking image {image} for the version of its PostgreSQL" }, cancellation);
        if (Said().Match(said) is not { Success: true } versions || versions.Groups["image"].Value == versions.Groups["data"].Value)
            return;
        var (have, want) = (versions.Groups["data"].Value, versions.Groups["image"].Value);
        throw new DeliveryException(
            $"database of {environment}: volume {volume} on {host} holds data of PostgreSQL {have}, which image {image} with PostgreSQL {want} cannot read; name an image of PostgreSQL {have}, or move the data to {want} first (docs/docker.md, another PostgreSQL)");
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<image>\d+)[^\n]*\n(?<data>\d+)\s*\z")]
    private static partial Regex Said();
}
