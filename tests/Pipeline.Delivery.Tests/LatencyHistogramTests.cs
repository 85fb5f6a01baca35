using Pipeline.Delivery.Traffic;

namespace Pipeline.Delivery.Tests;

public sealed class LatencyHistogramTests
{
    private static readonly LatencyHistogram Histogram = new([10, 100, 1000], [90, 9, 1, 0], 1500);

    [Theory]
    [InlineData(0.5, 10)]
    [InlineData(0.9, 10)]
    [InlineData(0.91, 100)]
    [InlineData(0.99, 100)]
    [InlineData(1, 1000)]
    public void A_quantile_is_the_upper_bound_of_its_bucket(double quantile, double expected) =>
        Assert.Equal(expected, Histogram.QuantileMilliseconds(quantile));

    [Fact]
    public void A_quantile_above_the_last_bound_is_infinite() =>
        Assert.Equal(double.PositiveInfinity, new LatencyHistogram([10], [0, 1], 50).QuantileMilliseconds(0.5));

    [Fact]
    public void Two_readings_can_be_subtracted()
    {
        var later = new LatencyHistogram([10, 100, 1000], [100, 9, 1, 1], 4500);

        var between = later.Since(Histogram);

        Assert.Equal([10L, 0, 0, 1], between.Counts);
        Assert.Equal(11, between.Count);
        Assert.Equal(3000d / 11, between.MeanMilliseconds);
    }

    [Fact]
    public void Readings_of_different_histograms_cannot() =>
        Assert.Throws<ArgumentException>(() => Histogram.Since(new([10, 100], [0, 0, 0], 0)));
}
