using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Traffic;

/// <summary>A side of the environment as its edge sees it.</summary>
/// <param name="Colour">Its name.</param>
/// <param name="Digest">The release it runs.</param>
/// <param name="Weight">Its share of the requests, 0 to 100.</param>
/// <param name="InFlight">Requests now on their way.</param>
/// <param name="Traffic">What was counted since <see cref="TrafficCounters.Since"/>.</param>
/// <param name="Destinations">Its instances.</param>
public sealed record BackendStatus(
    Colour Colour, Digest Digest, int Weight, int InFlight, TrafficCounters Traffic, IReadOnlyList<DestinationStatus> Destinations);
