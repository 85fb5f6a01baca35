using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Ports;

/// <summary>The configuration that instances of a release get in one environment.</summary>
public interface IInstanceSettings
{
    /// <summary>Reads and validates the settings against what the release asks for.</summary>
    /// <exception cref="DeliveryException">Keys are missing, empty, malformed or unknown; the message names them all.</exception>
    Task<IReadOnlyDictionary<string, string>> ReadAsync(Release release, CancellationToken cancellation);
}
