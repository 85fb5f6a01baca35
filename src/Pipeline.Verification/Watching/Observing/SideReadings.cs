using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Traffic;
using Pipeline.Verification.Watching.Judging;

namespace Pipeline.Verification.Watching.Observing;

/// <summary>
/// Adds up what an edge counts for one side from reading to reading, also when it starts counting anew because it or the side was
/// restarted.
/// </summary>
internal sealed class SideReadings(Colour colour, TimeProvider time)
{
    private readonly Dictionary<string, long> unhealthySince = new(StringComparer.Ordinal);
    private IReadOnlyList<DestinationStatus> destinations = [];
    private TrafficCounters? last;
    private long seen = time.GetTimestamp();
    private bool isSeen;

    public SideTraffic Traffic { get; private set; } = new(0, 0, null);

    public TimeSpan UnseenFor => isSeen ? TimeSpan.Zero : time.GetElapsedTime(seen);

    public IReadOnlyList<DestinationHealth> Destinations => [.. destinations.Select(destination => new DestinationHealth(
        destination.Instance, destination.Healthy, destination.LastProbe,
        unhealthySince.TryGetValue(destination.Instance, out var since) ? time.GetElapsedTime(since) : TimeSpan.Zero))];

    /// <summary>Takes a reading; null when the edge gave none.</summary>
    public void Add(EdgeStatus? status)
    {
        var side = status?.Backends.FirstOrDefault(backend => backend.Colour == colour);
        isSeen = side is not null;
        if (side is null)
            return;
        seen = time.GetTimestamp();
        destinations = side.Destinations;
        foreach (var destination in destinations)
        {
            if (destination.Healthy)
                unhealthySince.Remove(destination.Instance);
            else
                unhealthySince.TryAdd(destination.Instance, seen);
        }
        if (last is not null)
            Traffic = Sum(Traffic, Since(last, side.Traffic));
        last = side.Traffic;
    }

    /// <summary>What was counted between two readings of the same side.</summary>
    public static TrafficCounters Since(TrafficCounters earlier, TrafficCounters later)
    {
        var goesOn = later.Since == earlier.Since && later.Requests >= earlier.Requests
            && later.Latency.UpperBoundsMilliseconds.SequenceEqual(earlier.Latency.UpperBoundsMilliseconds);
        return goesOn
            ? new(later.Since, later.Requests - earlier.Requests, Math.Max(0, later.Failures - earlier.Failures), later.Latency.Since(earlier.Latency))
            : later;
    }

    private static SideTraffic Sum(SideTraffic sum, TrafficCounters more) => new(
        sum.Requests + more.Requests,
        sum.Failures + more.Failures,
        sum.Latency is { } latency && latency.UpperBoundsMilliseconds.SequenceEqual(more.Latency.UpperBoundsMilliseconds)
            ? latency with
            {
                Counts = [.. latency.Counts.Zip(more.Latency.Counts, (one, other) => one + other)],
                SumMilliseconds = latency.SumMilliseconds + more.Latency.SumMilliseconds,
            }
            : more.Latency);
}
