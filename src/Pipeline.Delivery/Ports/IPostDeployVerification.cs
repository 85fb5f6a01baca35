using Pipeline.Delivery.Environments;

namespace Pipeline.Delivery.Ports;

/// <summary>Judges a release that has just got the traffic.</summary>
public interface IPostDeployVerification
{
    /// <summary>
    /// Watches for <see cref="DeliveryEnvironment.Watch"/> and judges: every instance healthy, every critical endpoint below 500, error rate below 1 %, mean
    /// response below 500 ms, error rate at most 1.5 times and mean response at most 1.3 times the baseline. Ends early only when the release is surely bad.
    /// </summary>
    /// <param name="environment">The environment.</param>
    /// <param name="colour">The side that serves now.</param>
    /// <param name="baseline">What was measured before the deployment; null when nothing served.</param>
    /// <param name="cancellation">Stops watching.</param>
    Task<CheckReport> VerifyAsync(DeliveryEnvironment environment, Colour colour, TrafficBaseline? baseline, CancellationToken cancellation);
}

/// <summary>Traffic of the old release over a while before a deployment.</summary>
/// <param name="Requests">Requests counted; comparisons need a few hundred to mean anything.</param>
/// <param name="Failures">Those answered with 500 or above.</param>
/// <param name="MeanMilliseconds">The mean response time.</param>
public sealed record TrafficBaseline(long Requests, long Failures, double MeanMilliseconds);
