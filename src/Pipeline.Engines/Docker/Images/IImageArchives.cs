using Pipeline.Delivery.Releases;

namespace Pipeline.Engines.Docker.Images;

/// <summary>The images of releases on this machine, as <c>docker load</c> reads them.</summary>
public interface IImageArchives
{
    /// <summary>The digest of the image's configuration, by which an engine knows the image: <c>sha256:…</c>.</summary>
    /// <exception cref="Delivery.DeliveryException">The release is not on this machine, or was changed.</exception>
    Task<string> ReadImageIdAsync(Digest release, CancellationToken cancellation);

    /// <summary>Writes the image as a tar archive with <c>manifest.json</c>, configuration and layers.</summary>
    /// <exception cref="Delivery.DeliveryException">The release is not on this machine, or was changed.</exception>
    Task WriteAsync(Digest release, Stream archive, CancellationToken cancellation);
}
