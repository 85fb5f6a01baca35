namespace Pipeline.Verification.Load.Reports;

/// <summary>Latencies of a load, each known to within 1 %.</summary>
public sealed class LatencyDistribution
{
    private readonly long[] counts;

    internal LatencyDistribution(long[] counts, long count, double meanMilliseconds, double minMilliseconds, double maxMilliseconds)
    {
        this.counts = counts;
        (Count, MeanMilliseconds, MinMilliseconds, MaxMilliseconds) = (count, meanMilliseconds, minMilliseconds, maxMilliseconds);
    }

    /// <summary>How many.</summary>
    public long Count { get; }

    /// <summary>The arithmetic mean; 0 when there are none.</summary>
    public double MeanMilliseconds { get; }

    /// <summary>The least; 0 when there are none.</summary>
    public double MinMilliseconds { get; }

    /// <summary>The greatest; 0 when there are none.</summary>
    public double MaxMilliseconds { get; }

    /// <summary>The median.</summary>
    public double P50Milliseconds => QuantileMilliseconds(0.5);

    /// <summary>What 95 of 100 keep.</summary>
    public double P95Milliseconds => QuantileMilliseconds(0.95);

    /// <summary>What 99 of 100 keep.</summary>
    public double P99Milliseconds => QuantileMilliseconds(0.99);

    /// <summary>What 999 of 1000 keep.</summary>
    public double P999Milliseconds => QuantileMilliseconds(0.999);

    /// <summary>What the given share keeps; 0 when there are none.</summary>
    /// <param name="quantile">Above 0, at most 1.</param>
    public double QuantileMilliseconds(double quantile)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantile, 1);
        var rank = Math.Max(1, (long)Math.Ceiling(quantile * Count));
        var seen = 0L;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            seen += counts[bucket];
            if (seen >= rank)
                return Math.Min(Measuring.LatencyBuckets.UpperMicroseconds(bucket) / 1000d, MaxMilliseconds);
        }
        return MaxMilliseconds;
    }
}
