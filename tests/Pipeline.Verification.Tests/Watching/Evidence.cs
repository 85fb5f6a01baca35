using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;
using Pipeline.Verification.Watching.Judging;

namespace Pipeline.Verification.Tests.Watching;

/// <summary>Evidence of a healthy release, to be spoiled in one way.</summary>
internal static class Evidence
{
    private static readonly double[] Bounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

    public static WatchEvidence Good { get; } = new(
        Traffic(300, 0, 10), [new DestinationHealth("production-green-1", true, "200 in 3 ms", TimeSpan.Zero)], TimeSpan.Zero,
        [new EndpointTally("/", 150, 0, 10, null), new EndpointTally("/api/products", 150, 0, 10, null)], new TrafficBaseline(1000, 0, 10));

    public static SideTraffic Traffic(long requests, long failures, params double[] milliseconds) => new(requests, failures, Histogram(requests, milliseconds));

    /// <summary>So many latencies, spread evenly over the given ones.</summary>
    public static LatencyHistogram Histogram(long count, params double[] milliseconds)
    {
        var counts = new long[Bounds.Length + 1];
        for (var request = 0L; request < count; request++)
        {
            var bucket = Array.FindIndex(Bounds, bound => milliseconds[request % milliseconds.Length] <= bound);
            counts[bucket < 0 ? Bounds.Length : bucket]++;
        }
        return new LatencyHistogram(Bounds, counts, Enumerable.Range(0, (int)count).Sum(request => milliseconds[request % milliseconds.Length]));
    }
}
