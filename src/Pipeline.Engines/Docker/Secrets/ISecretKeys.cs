using Pipeline.Delivery.Releases;

namespace Pipeline.Engines.Docker.Secrets;

/// <summary>Which settings of a release are secret, as its own schema says.</summary>
public interface ISecretKeys
{
    /// <summary>The names of the secret keys.</summary>
    /// <exception cref="Delivery.DeliveryException">The release or its schema cannot be read.</exception>
    Task<IReadOnlySet<string>> ReadAsync(Digest release, CancellationToken cancellation);
}
