using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Verification.Watching.Judging;

/// <summary>What was measured of a release since it got the traffic.</summary>
/// <param name="Traffic">What the edge counted for its side, the watch's own requests among it.</param>
/// <param name="Destinations">Its instances as the edge saw them last; empty when the edge shows no such side.</param>
/// <param name="UnseenFor">How long the edge has not answered or has shown no such side; zero when it just did.</param>
/// <param name="Endpoints">The watch's own requests to the critical endpoints.</param>
/// <param name="Baseline">The release before; null when nothing served.</param>
public sealed record WatchEvidence(
    SideTraffic Traffic, IReadOnlyList<DestinationHealth> Destinations, TimeSpan UnseenFor, IReadOnlyList<EndpointTally> Endpoints, TrafficBaseline? Baseline);

/// <summary>What an edge counted for one side during a while.</summary>
/// <param name="Requests">Requests answered.</param>
/// <param name="Failures">Those answered with 500 or above.</param>
/// <param name="Latency">Their latencies; null when nothing was read yet.</param>
public sealed record SideTraffic(long Requests, long Failures, LatencyHistogram? Latency);

/// <summary>An instance as the edge saw it.</summary>
/// <param name="Instance">Its id.</param>
/// <param name="Healthy">The verdict of its last probes.</param>
/// <param name="LastProbe">The last probe's answer.</param>
/// <param name="UnhealthyFor">Since when without a break; zero when healthy.</param>
public sealed record DestinationHealth(string Instance, bool Healthy, string LastProbe, TimeSpan UnhealthyFor);

/// <summary>The watch's own requests to one critical endpoint.</summary>
/// <param name="Path">The endpoint.</param>
/// <param name="Requests">Requests that ended.</param>
/// <param name="Failures">Those answered with 500 or above, or not at all.</param>
/// <param name="MeanMilliseconds">The mean time of those answered.</param>
/// <param name="LastFailure">The last failure, for people; null when there was none.</param>
public sealed record EndpointTally(string Path, long Requests, long Failures, double MeanMilliseconds, string? LastFailure);
