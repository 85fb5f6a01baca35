using Pipeline.Engines.Docker.Cli;

namespace Pipeline.Containers.Images;

/// <summary>An image that an environment needs besides its releases: edge, database, sandbox.</summary>
public interface IHostImage
{
    /// <summary>Brings the image to a host; does nothing when it is there.</summary>
    /// <returns>The name by which the host runs exactly this image: by digest, or by id.</returns>
    /// <exception cref="Delivery.DeliveryException">It cannot be brought there; the message names host, image and remedy.</exception>
    Task<string> EnsureAsync(DockerCli docker, CancellationToken cancellation);
}
