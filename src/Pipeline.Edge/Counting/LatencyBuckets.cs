namespace Pipeline.Edge.Counting;

/// <summary>Counts latencies in buckets of fixed bounds, from any thread.</summary>
internal sealed class LatencyBuckets
{
    private readonly long[] counts = new long[UpperBounds.Count + 1];
    private long sumMicroseconds;

    public static IReadOnlyList<double> UpperBounds { get; } =
    [
        0.5, 1, 1.5, 2, 3, 4, 5, 7, 10, 15, 20, 25, 30, 40, 50, 70, 100, 150, 200, 250, 300, 400, 500, 700,
        1000, 1500, 2000, 3000, 5000, 7000, 10_000, 15_000, 20_000, 30_000, 60_000,
    ];

    public double SumMilliseconds => Interlocked.Read(ref sumMicroseconds) / 1000.0;

    public long[] Counts() => [.. counts.Select((_, bucket) => Interlocked.Read(ref counts[bucket]))];

    public void Add(TimeSpan latency)
    {
        var bucket = 0;
        var milliseconds = latency.TotalMilliseconds;
        while (bucket < UpperBounds.Count && milliseconds > UpperBounds[bucket])
            bucket++;
        Interlocked.Increment(ref counts[bucket]);
        Interlocked.Add(ref sumMicroseconds, (long)latency.TotalMicroseconds);
    }
}
