using System.Text.Json.Serialization;
using Pipeline.Engines.Docker.Cli;

namespace Pipeline.Engines.Docker.Images;

/// <summary>The images that a host has.</summary>
internal static class HostImages
{
    /// <summary>An image by digest, id or tag; null when the host does not have it.</summary>
    internal static async Task<HostImage?> FindAsync(DockerCli docker, string name, CancellationToken cancellation) =>
        (await InspectAsync(docker, [name], cancellation)).SingleOrDefault();

    /// <summary>Those of the images that the host has.</summary>
    internal static async Task<IReadOnlyList<HostImage>> InspectAsync(DockerCli docker, string[] names, CancellationToken cancellation)
    {
        if (names.Length == 0)
            return [];
        var call = new DockerCall(["image", "inspect", .. names]) { About = "looking at images" };
        var result = await docker.TryAsync(call, cancellation);
        if (result.ExitCode != 0 && DockerFaults.Of(result.Errors).Fault is not (DockerFault.NotFound or DockerFault.ImageMissing))
            throw docker.Failure(call, result);
        return docker.Parse<HostImage>(call, result.Output);
    }
}

/// <summary>An image on a host.</summary>
internal sealed record HostImage
{
    /// <summary>The digest of its configuration.</summary>
    [JsonPropertyName("Id")]
    public required string Id { get; init; }

    /// <summary>The names by which it was pulled: <c>registry.example.org/shop@sha256:…</c>.</summary>
    [JsonPropertyName("RepoDigests")]
    public IReadOnlyList<string>? Digests { get; init; }

    /// <summary>Its tags.</summary>
    [JsonPropertyName("RepoTags")]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>How its containers run where nothing else is said.</summary>
    [JsonPropertyName("Config")]
    public HostImageConfiguration? Configuration { get; init; }
}

/// <summary>How the containers of an image run where nothing else is said.</summary>
internal sealed record HostImageConfiguration
{
    /// <summary>The health check that the image brings; null when it brings none.</summary>
    [JsonPropertyName("Healthcheck")]
    public HostImageHealthCheck? HealthCheck { get; init; }
}

/// <summary>The health check that an image brings.</summary>
/// <param name="Test">The command.</param>
internal sealed record HostImageHealthCheck([property: JsonPropertyName("Test")] IReadOnlyList<string>? Test);
