using Pipeline.Verification.Watching.Judging;

namespace Pipeline.Verification.Tests.Watching;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(1, 1, 0.01)]
    [InlineData(5, 50, 0.01)]
    [InlineData(3, 300, 0.01)]
    [InlineData(60, 300, 0.2)]
    [InlineData(7, 10, 0.6)]
    [InlineData(10, 10, 0.5)]
    public void The_binomial_tail_is_the_sum_of_its_terms(int failures, int requests, double probability)
    {
        var sum = Enumerable.Range(failures, requests - failures + 1).Sum(k => Term(k, requests, probability));

        Assert.Equal(sum, Statistics.AtLeast(failures, requests, probability), sum * 1e-9);
    }

    [Fact]
    public void The_binomial_tail_holds_for_millions() =>
        Assert.InRange(Statistics.AtLeast(10_000, 1_000_000, 0.01), 0.49, 0.51);

    [Theory]
    [InlineData(0, 10, 0.5)]
    [InlineData(1.812, 10, 0.05)]
    [InlineData(-1.812, 10, 0.95)]
    [InlineData(2.626, 100, 0.005)]
    [InlineData(1.645, 1_000_000, 0.05)]
    public void The_tail_of_Students_t_is_that_of_the_tables(double value, double degreesOfFreedom, double tail) =>
        Assert.Equal(tail, Statistics.StudentAbove(value, degreesOfFreedom), 1e-4);

    private static double Term(int k, int n, double p) =>
        Math.Exp(Enumerable.Range(1, k).Sum(i => Math.Log((n - k + i) / (double)i)) + (k * Math.Log(p)) + ((n - k) * Math.Log(1 - p)));
}
