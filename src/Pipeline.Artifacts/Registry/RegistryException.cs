using System.Net;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Registry;

/// <summary>A registry could not be reached, refused, or sent something else than it was asked for.</summary>
/// <param name="message">Object, value and remedy.</param>
/// <param name="cause">What it came from.</param>
public sealed class RegistryException(string message, Exception? cause = null) : DeliveryException(message, cause)
{
    /// <summary>What the registry answered; null when it did not answer, or answered with something that is not believed.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the registry asks to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
