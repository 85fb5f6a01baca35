using Pipeline.Delivery.Traffic;

namespace Pipeline.Verification.Watching.Judging;

/// <summary>The mean of latencies and how far it may be off by chance.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">In milliseconds.</param>
/// <param name="Variance">Of one latency, estimated from the histogram.</param>
internal sealed record LatencySample(long Count, double Mean, double Variance)
{
    public static LatencySample Of(LatencyHistogram? histogram)
    {
        if (histogram is null || histogram.Count == 0)
            return new LatencySample(0, 0, 0);
        var buckets = Enumerable.Range(0, histogram.Counts.Count).Select(index => Bucket(histogram, index)).ToArray();
        var middle = buckets.Sum(bucket => bucket.Count * bucket.Middle) / histogram.Count;
        // A latency lies anywhere in its bucket: the variance of an even spread over its width is width² / 12.
        var squares = buckets.Sum(bucket => bucket.Count * (Math.Pow(bucket.Middle - middle, 2) + (Math.Pow(bucket.Width, 2) / 12)));
        return new LatencySample(histogram.Count, histogram.MeanMilliseconds, squares / Math.Max(1, histogram.Count - 1));
    }

    /// <summary>The probability of a mean as great as this one for latencies whose true mean is the given one.</summary>
    /// <param name="mean">The true mean.</param>
    /// <param name="otherVariance">The variance of that mean itself where it was measured too; 0 for a fixed one.</param>
    public double ChanceOfMean(double mean, double otherVariance)
    {
        if (Mean <= mean)
            return 1;
        var error = Math.Sqrt((Variance / Count) + otherVariance);
        return Statistics.StudentAbove(error == 0 ? double.PositiveInfinity : (Mean - mean) / error, Math.Max(1, Count - 1));
    }

    private static (long Count, double Middle, double Width) Bucket(LatencyHistogram histogram, int index)
    {
        var bounds = histogram.UpperBoundsMilliseconds;
        var below = index == 0 ? 0 : bounds[index - 1];
        var above = index < bounds.Count ? bounds[index] : below * 2;
        return (histogram.Counts[index], (below + above) / 2, above - below);
    }
}
