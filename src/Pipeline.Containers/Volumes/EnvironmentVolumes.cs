using System.Text.Json.Serialization;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Containers.Volumes;

/// <summary>The volumes of one environment on one host. What is not the environment's own is never used nor removed, whatever its name.</summary>
internal sealed class EnvironmentVolumes(DockerCli docker, EnvironmentScope scope)
{
    /// <summary>Makes a volume on the host's disk that a user owns, or finds it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="user">The owner, as numbers.</param>
    /// <param name="image">Names an image with <c>chown</c>; asked only when the volume is made.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task EnsureOwnedAsync(string name, string user, Func<CancellationToken, Task<string>> image, CancellationToken cancellation)
    {
        if (await FindAsync(name, cancellation))
            return;
        var with = await image(cancellation);
        await CreateAsync(name, [], cancellation);
        string[] narrow = ["--network", "none", "--read-only", "--cap-drop", "ALL", "--cap-add", "CHOWN", "--security-opt", "no-new-privileges", "--user", "0:0"];
        string[] run = ["run", "--rm", "--pull", "never", .. narrow, "--mount", $"type=volume,source={name},target=/volume", "--entrypoint", "chown", with, user, "/volume"];
        try
        {
            await docker.RunAsync(new DockerCall(run) { About = $"giving volume {name} to user {user}" }, cancellation);
        }
        catch
        {
            // One without its owner would be found and used by the next run.
            await RemoveAsync(name, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Makes a volume on the host's disk, or finds it. Its first container gives it the owner that the folder has in its image.</summary>
    public async Task EnsureAsync(string name, CancellationToken cancellation)
    {
        if (!await FindAsync(name, cancellation))
            await CreateAsync(name, [], cancellation);
    }

    /// <summary>Makes a volume in memory, or finds it. It lasts as long as a container that has it runs.</summary>
    public async Task EnsureInMemoryAsync(string name, string user, CancellationToken cancellation)
    {
        if (await FindAsync(name, cancellation))
            return;
        var owner = user.Split(':');
        await CreateAsync(name, ["--opt", "type=tmpfs", "--opt", "device=tmpfs", "--opt", $"o=size=1m,mode=0755,nosuid,nodev,noexec,uid={owner[0]},gid={owner[^1]}"], cancellation);
    }

    /// <summary>Removes all volumes of the environment, and with them all that it kept here.</summary>
    public async Task RemoveAllAsync(CancellationToken cancellation)
    {
        var call = new DockerCall(["volume", "ls", "--quiet", .. scope.Filters]) { About = $"listing volumes of {scope}" };
        foreach (var name in (await docker.RunAsync(call, cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                await RemoveAsync(name, cancellation);
            }
            catch (DockerException counted) when (counted.Message.Contains("has active mounts", StringComparison.Ordinal))
            {
                // An engine that was killed counts the mounts of its former life too, until it is started the next time. Such a volume is one in memory, and was emptied.
            }
        }
    }

    private async Task RemoveAsync(string name, CancellationToken cancellation)
    {
        if (await FindAsync(name, cancellation))
            await docker.RunAsync(new DockerCall(["volume", "rm", name]) { About = $"removing volume {name}" }, cancellation);
    }

    private async Task<bool> FindAsync(string name, CancellationToken cancellation)
    {
        var call = new DockerCall(["volume", "ls", "--quiet", "--filter", $"name=^{name}$"]) { About = $"looking for volume {name}" };
        if (string.IsNullOrWhiteSpace(await docker.RunAsync(call, cancellation)))
            return false;
        var inspect = new DockerCall(["volume", "inspect", name]) { About = $"looking at volume {name}" };
        var found = (await docker.ReadAsync<VolumeState>(inspect, cancellation)).Single();
        return scope.Owns(found.Labels)
            ? true
            : throw new Delivery.DeliveryException($"{docker.Host}: volume {name} is not of {scope}; remove it, or give the environment another service name, then run again");
    }

    private async Task CreateAsync(string name, IReadOnlyList<string> options, CancellationToken cancellation)
    {
        var labels = scope.Labels.SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" });
        await docker.RunAsync(new DockerCall(["volume", "create", "--driver", "local", .. options, .. labels, name]) { About = $"making volume {name}" }, cancellation);
    }

    private sealed record VolumeState([property: JsonPropertyName("Labels")] IReadOnlyDictionary<string, string>? Labels);
}
