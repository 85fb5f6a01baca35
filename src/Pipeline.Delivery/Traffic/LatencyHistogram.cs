namespace Pipeline.Delivery.Traffic;

/// <summary>Latencies in buckets of fixed upper bounds, so that two readings can be subtracted.</summary>
/// <param name="UpperBoundsMilliseconds">Ascending; the last bucket, above the last bound, has no bound of its own.</param>
/// <param name="Counts">One more than there are bounds.</param>
/// <param name="SumMilliseconds">The sum of all latencies.</param>
public sealed record LatencyHistogram(IReadOnlyList<double> UpperBoundsMilliseconds, IReadOnlyList<long> Counts, double SumMilliseconds)
{
    /// <summary>How many latencies were counted.</summary>
    public long Count => Counts.Sum();

    /// <summary>The arithmetic mean in milliseconds; 0 when nothing was counted.</summary>
    public double MeanMilliseconds => Count == 0 ? 0 : SumMilliseconds / Count;

    /// <summary>An upper bound of the given quantile in milliseconds; infinite when it lies above the last bound, 0 when nothing was counted.</summary>
    /// <param name="quantile">Above 0, at most 1.</param>
    public double QuantileMilliseconds(double quantile)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantile, 1);
        var rank = (long)Math.Ceiling(quantile * Count);
        if (rank == 0)
            return 0;
        var seen = 0L;
        for (var bucket = 0; bucket < UpperBoundsMilliseconds.Count; bucket++)
        {
            seen += Counts[bucket];
            if (seen >= rank)
                return UpperBoundsMilliseconds[bucket];
        }
        return double.PositiveInfinity;
    }

    /// <summary>What was counted after an earlier reading of the same histogram.</summary>
    /// <exception cref="ArgumentException">The bounds differ.</exception>
    public LatencyHistogram Since(LatencyHistogram earlier)
    {
        if (!UpperBoundsMilliseconds.SequenceEqual(earlier.UpperBoundsMilliseconds))
            throw new ArgumentException("the histograms have different bounds", nameof(earlier));
        return this with
        {
            Counts = [.. Counts.Zip(earlier.Counts, (now, then) => Math.Max(0, now - then))],
            SumMilliseconds = Math.Max(0, SumMilliseconds - earlier.SumMilliseconds),
        };
    }
}
