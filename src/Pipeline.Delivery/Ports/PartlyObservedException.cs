using Pipeline.Delivery.Environments;

namespace Pipeline.Delivery.Ports;

/// <summary>Not all of an environment's hosts can be seen, so what was seen is not all there is.</summary>
/// <param name="message">Which hosts, why, and what to do.</param>
/// <param name="seen">The instances on the hosts that can be seen.</param>
/// <param name="cause">What it came from.</param>
public sealed class PartlyObservedException(string message, IReadOnlyList<Instance> seen, Exception? cause = null) : DeliveryException(message, cause)
{
    /// <summary>The instances on the hosts that can be seen.</summary>
    public IReadOnlyList<Instance> Seen { get; } = seen;
}
