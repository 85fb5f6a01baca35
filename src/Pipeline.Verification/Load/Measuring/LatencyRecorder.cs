using Pipeline.Verification.Load.Reports;

namespace Pipeline.Verification.Load.Measuring;

/// <summary>Counts latencies in flat memory. Used by one thread at a time.</summary>
internal sealed class LatencyRecorder
{
    private readonly long[] counts = new long[LatencyBuckets.Count];
    private double sum;
    private double least = double.MaxValue;
    private double greatest;

    public long Count { get; private set; }

    public void Record(TimeSpan latency)
    {
        var microseconds = Math.Max(0, latency.Ticks / TimeSpan.TicksPerMicrosecond);
        counts[LatencyBuckets.Of(microseconds)]++;
        Count++;
        sum += microseconds;
        least = Math.Min(least, microseconds);
        greatest = Math.Max(greatest, microseconds);
    }

    public LatencyDistribution Distribution() =>
        new([.. counts], Count, Count == 0 ? 0 : sum / Count / 1000, Count == 0 ? 0 : least / 1000, greatest / 1000);

    public void Clear()
    {
        Array.Clear(counts);
        (Count, sum, least, greatest) = (0, 0, double.MaxValue, 0);
    }
}
