using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Traffic;

/// <summary>What an edge says of itself.</summary>
/// <param name="StartedAt">When its present worker process started.</param>
/// <param name="Fence">The highest fencing token it has accepted.</param>
/// <param name="Backends">Its backends with what was counted for them.</param>
public sealed record EdgeStatus(DateTimeOffset StartedAt, long Fence, IReadOnlyList<BackendStatus> Backends)
{
    /// <summary>The routes in effect.</summary>
    public EdgeRoutes Routes() => new([.. Backends.Select(backend => new Backend(
        backend.Colour, backend.Digest, backend.Weight, [.. backend.Destinations.Select(d => new Destination(d.Instance, d.Address))]))]);

    /// <summary>The side with the greatest weight; null when nothing is routed.</summary>
    public BackendStatus? Active() => Backends.Where(backend => backend.Weight > 0).MaxBy(backend => backend.Weight);
}

/// <summary>A side of the environment as its edge sees it.</summary>
/// <param name="Colour">Its name.</param>
/// <param name="Digest">The release it runs.</param>
/// <param name="Weight">Its share of the requests, 0 to 100.</param>
/// <param name="InFlight">Requests now on their way.</param>
/// <param name="Traffic">What was counted since <see cref="TrafficCounters.Since"/>.</param>
/// <param name="Destinations">Its instances.</param>
public sealed record BackendStatus(
    Colour Colour, Digest Digest, int Weight, int InFlight, TrafficCounters Traffic, IReadOnlyList<DestinationStatus> Destinations);

/// <summary>An instance as its edge sees it.</summary>
/// <param name="Instance">Its id.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Healthy">The verdict of the last probes.</param>
/// <param name="LastProbe">The last probe's answer, for people: <c>200 in 3 ms</c>, <c>connection refused</c>.</param>
public sealed record DestinationStatus(string Instance, Uri Address, bool Healthy, string LastProbe);

/// <summary>Counters of the requests that users made to a side. They only grow while the edge and the backend live; compare two readings.</summary>
/// <param name="Since">When counting started.</param>
/// <param name="Requests">Requests answered.</param>
/// <param name="Failures">Those answered with a status of 500 or above, by the instance or by the edge for it.</param>
/// <param name="Latency">Time from the request's arrival at the edge to the end of its answer.</param>
public sealed record TrafficCounters(DateTimeOffset Since, long Requests, long Failures, LatencyHistogram Latency);
