using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Cli;

namespace Pipeline.Engines.Docker.Images;

/// <summary>How the image of a release comes onto a Docker host.</summary>
public interface IReleaseImages
{
    /// <summary>Brings the image there, byte for byte what its digest says; does nothing when it is there.</summary>
    /// <returns>The name by which the host runs exactly this image: by digest, or by id.</returns>
    /// <exception cref="Delivery.DeliveryException">It cannot be brought there; the message names host, image and remedy.</exception>
    Task<string> EnsureAsync(DockerCli docker, Digest release, CancellationToken cancellation);

    /// <summary>The id by which engines know the image of a release, where this machine itself can tell; null where it cannot, or where engines check digests themselves.</summary>
    Task<string?> FindIdAsync(Digest release, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
