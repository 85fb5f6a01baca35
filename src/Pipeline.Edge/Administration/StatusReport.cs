using Pipeline.Edge.Counting;
using Pipeline.Edge.Listening;
using Pipeline.Edge.Routing;

namespace Pipeline.Edge.Administration;

/// <summary>Reads the state of the worker.</summary>
internal sealed class StatusReport(string name, RouteBoard board, Hold hold, OpenConnections connections, IReadOnlyList<string> listening, DateTimeOffset startedAt)
{
    public StatusDocument Read()
    {
        var table = board.Table;
        return new StatusDocument(
            name, startedAt, table.Document.Fence, [.. table.Backends.Select(Describe)], listening, connections.Public.Count(), hold.Held, hold.Until);
    }

    private static BackendStatus Describe(Backend backend)
    {
        var side = backend.Side;
        var traffic = side.Traffic;
        // Requests are read before the latencies that are added first, so that no reading shows more requests than latencies.
        var requests = traffic.Requests;
        var latency = new LatencyStatus(LatencyBuckets.UpperBounds, traffic.Latency.Counts(), traffic.Latency.SumMilliseconds);
        return new BackendStatus(
            side.Colour, side.Digest, backend.Weight, side.InFlight.Count,
            new TrafficStatus(traffic.Since, requests, Math.Min(traffic.Failures, requests), traffic.Abandoned, latency),
            [.. backend.Destinations.Select(d => new DestinationStatus(d.Instance, d.Prefix, d.Health.IsHealthy, d.Health.LastProbe, d.InFlight.Count))]);
    }
}
