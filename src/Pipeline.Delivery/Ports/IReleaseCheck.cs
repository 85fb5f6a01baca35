using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Delivery.Ports;

/// <summary>Checks a running release from outside, as a user would.</summary>
public interface IReleaseCheck
{
    /// <summary>Runs all checks. Never throws for what the release does.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="route">The private way to one side; null for the way that users take.</param>
    /// <param name="cancellation">Stops the checks.</param>
    Task<CheckReport> RunAsync(DeliveryEnvironment environment, PrivateRoute? route, CancellationToken cancellation);
}
