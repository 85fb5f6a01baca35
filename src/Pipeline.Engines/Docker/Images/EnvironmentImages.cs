using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Engines.Docker.Images;

/// <summary>
/// The images of one environment on one host. Each carries a tag of the environment, <c>pipeline/shop-production:3f2a…</c>, as long as the environment may
/// need it: the image is gone only when no environment holds it any more, whoever prunes.
/// </summary>
internal sealed class EnvironmentImages(DockerCli docker, EnvironmentScope scope, IReleaseImages source)
{
    private const int TagLength = 12;

    /// <summary>Brings the image of a release to the host and holds it there.</summary>
    /// <returns>The name by which to run it.</returns>
    internal async Task<string> HoldAsync(Digest release, CancellationToken cancellation)
    {
        var name = await source.EnsureAsync(docker, release, cancellation);
        await docker.RunAsync(new DockerCall(["image", "tag", name, Tag(release)]) { About = $"holding {name} for {scope}" }, cancellation);
        return name;
    }

    /// <summary>Lets go of all images of the environment but these.</summary>
    /// <returns>The tags let go.</returns>
    internal async Task<IReadOnlyList<string>> ReleaseAsync(IReadOnlySet<Digest> kept, CancellationToken cancellation)
    {
        var keptTags = kept.Select(Tag).ToHashSet(StringComparer.Ordinal);
        var call = new DockerCall(["image", "ls", "--format", "{{.Repository}}:{{.Tag}}", scope.ImageRepository]) { About = $"listing images of {scope}" };
        var tags = (await docker.RunAsync(call, cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(tag => !keptTags.Contains(tag)).ToList();
        foreach (var tag in tags)
            await LetGoAsync(tag, cancellation);
        return tags;
    }

    // Removing a name removes the image only with its last name: an environment that holds it meanwhile keeps it.
    private async Task LetGoAsync(string tag, CancellationToken cancellation)
    {
        if (await HostImages.FindAsync(docker, tag, cancellation) is not { } image)
            return;
        var othersHold = (image.Tags ?? []).Any(other => other != tag);
        foreach (var name in othersHold ? [tag] : (image.Digests ?? []).Prepend(tag))
            await RemoveAsync(name, cancellation);
    }

    private async Task RemoveAsync(string name, CancellationToken cancellation)
    {
        var call = new DockerCall(["image", "rm", name]) { About = $"removing image {name}" };
        var result = await docker.TryAsync(call, cancellation);
        // One that a container still uses stays, and one that went with its last tag is gone already.
        if (result.ExitCode != 0 && DockerFaults.Of(result.Errors).Fault != DockerFault.NotFound
            && !result.Errors.Contains("is being used by", StringComparison.OrdinalIgnoreCase) && !result.Errors.Contains("is using its", StringComparison.OrdinalIgnoreCase))
            throw docker.Failure(call, result);
    }

    private string Tag(Digest release) => $"{scope.ImageRepository}:{release.Hex[..TagLength]}";
}
