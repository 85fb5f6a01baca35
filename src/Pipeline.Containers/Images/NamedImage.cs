using Pipeline.Engines.Docker.Cli;

namespace Pipeline.Containers.Images;

/// <summary>An image that the host has, or pulls from a registry: <c>postgres:17@sha256:…</c>.</summary>
/// <param name="name">The image; by digest where it is to be the same tomorrow.</param>
public sealed class NamedImage(string name) : IHostImage
{
    private static readonly TimeSpan PullTimeout = TimeSpan.FromMinutes(30);

    /// <inheritdoc />
    public async Task<string> EnsureAsync(DockerCli docker, CancellationToken cancellation)
    {
        if (await FindAsync(docker, cancellation) is { } present)
            return present;
        await docker.RunAsync(new DockerCall(["image", "pull", "--quiet", name]) { About = $"pulling {name}", Timeout = PullTimeout }, cancellation);
        return await FindAsync(docker, cancellation) ?? name;
    }

    // By its id: a tag may mean another image tomorrow, and a container of it another than that of today.
    private async Task<string?> FindAsync(DockerCli docker, CancellationToken cancellation)
    {
        var result = await docker.TryAsync(new DockerCall(["image", "inspect", "--format", "{{.Id}}", name]), cancellation);
        return result.ExitCode == 0 ? result.Output.Trim() : null;
    }
}
