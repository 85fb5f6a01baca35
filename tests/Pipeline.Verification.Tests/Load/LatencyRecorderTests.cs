using Pipeline.Verification.Load.Measuring;

namespace Pipeline.Verification.Tests.Load;

public sealed class LatencyRecorderTests
{
    [Fact]
    public void Every_latency_is_known_to_within_one_percent()
    {
        var random = new Random(1851);
        for (var round = 0; round < 200_000; round++)
        {
            var microseconds = random.NextInt64(1L << random.Next(37));

            var upper = LatencyBuckets.UpperMicroseconds(LatencyBuckets.Of(microseconds));

            Assert.True(upper >= microseconds && upper - microseconds <= microseconds / 100d, $"{microseconds} counts as {upper}");
        }
    }

    [Fact]
    public void Buckets_follow_one_another_without_gap()
    {
        for (var bucket = 0; bucket < LatencyBuckets.Count - 1; bucket++)
        {
            Assert.Equal(bucket, LatencyBuckets.Of(LatencyBuckets.UpperMicroseconds(bucket)));
            Assert.Equal(bucket + 1, LatencyBuckets.Of(LatencyBuckets.UpperMicroseconds(bucket) + 1));
        }
        Assert.Equal(LatencyBuckets.Count - 1, LatencyBuckets.Of(long.MaxValue));
    }

    [Fact]
    public void Quantiles_are_those_of_the_sorted_latencies()
    {
        var random = new Random(1857);
        var recorder = new LatencyRecorder();
        var latencies = Enumerable.Range(0, 50_000).Select(_ => Math.Exp(random.NextDouble() * 10)).ToArray();
        foreach (var latency in latencies)
            recorder.Record(TimeSpan.FromMilliseconds(latency));
        Array.Sort(latencies);

        var distribution = recorder.Distribution();

        foreach (var quantile in (double[])[0.0001, 0.25, 0.5, 0.9, 0.99, 0.999, 1])
        {
            var exact = latencies[(int)Math.Ceiling(quantile * latencies.Length) - 1];
            Assert.InRange(distribution.QuantileMilliseconds(quantile), exact * 0.99, exact * 1.01);
        }
        Assert.Equal(latencies.Average(), distribution.MeanMilliseconds, 0.01);
        Assert.Equal(latencies[^1], distribution.MaxMilliseconds, 0.01);
        Assert.Equal(latencies[0], distribution.MinMilliseconds, 0.01);
    }

    [Fact]
    public void Without_latencies_everything_is_zero()
    {
        var distribution = new LatencyRecorder().Distribution();

        Assert.Equal((0, 0, 0, 0, 0), (distribution.Count, distribution.MeanMilliseconds, distribution.MinMilliseconds, distribution.P99Milliseconds, distribution.MaxMilliseconds));
    }
}
