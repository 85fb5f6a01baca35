namespace Pipeline.Edge.Administration;

/// <summary>What an edge says of itself; its name is that of <c>edge run --name</c>.</summary>
internal sealed record StatusDocument(
    string Name, DateTimeOffset StartedAt, long Fence, IReadOnlyList<BackendStatus> Backends, IReadOnlyList<string> Listening, int Connections, int Held, DateTimeOffset? HoldUntil);

internal sealed record BackendStatus(
    string Colour, string Digest, int Weight, int InFlight, TrafficStatus Traffic, IReadOnlyList<DestinationStatus> Destinations);

internal sealed record DestinationStatus(string Instance, string Address, bool Healthy, string LastProbe, int InFlight);

internal sealed record TrafficStatus(DateTimeOffset Since, long Requests, long Failures, long Abandoned, LatencyStatus Latency);

internal sealed record LatencyStatus(IReadOnlyList<double> UpperBoundsMilliseconds, IReadOnlyList<long> Counts, double SumMilliseconds);
