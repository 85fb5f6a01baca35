using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Cli;

namespace Pipeline.Engines.Docker.Images;

/// <summary>The host pulls the image by digest from a registry. The engine checks every byte of it against the digest.</summary>
/// <param name="repository">Registry and repository: <c>registry.example.org/shop</c>.</param>
public sealed class RegistryImages(string repository) : IReleaseImages
{
    private static readonly TimeSpan PullTimeout = TimeSpan.FromMinutes(30);

    /// <inheritdoc />
    public async Task<string> EnsureAsync(DockerCli docker, Digest release, CancellationToken cancellation)
    {
        var name = $"{repository}@{release}";
        if (await HostImages.FindAsync(docker, name, cancellation) is null)
            await docker.RunAsync(new DockerCall(["image", "pull", "--quiet", name]) { About = $"pulling {name}", Timeout = PullTimeout }, cancellation);
        return name;
    }
}
