using System.Diagnostics;
using System.Globalization;

namespace Pipeline.Benchmarks.Delivering;

/// <summary>How long users wait for the old release after somebody decided to go back.</summary>
internal sealed class RollbackBenchmark : IBenchmark
{
    private const int Warm = 60;
    private const int Cold = 6;
    private const double WarmBound = 250;
    private const double ColdBound = 10_000;

    public string Name => "rollback";

    public string Title => "Rollback: decision to traffic";

    public string Explanation =>
        "The Shop on staging with two instances, as the build program composes it: ledger and database in PostgreSQL, the edge, instances as supervised processes. "
        + "A second release is deployed, then taken back; the time runs from the call of the rollback until a user at the public port gets the first answer of the old "
        + $"release. Warm, the old release still runs beside the new one; cold, it was stopped and must start. {Warm} warm and {Cold} cold rollbacks, each after a "
        + "whole deployment, while the user asks all the time. The steps are those that the ledger holds; what happens before and between them is in the total alone.";

    public async Task<BenchmarkTable> RunAsync(CancellationToken cancellation)
    {
        await using var stage = new DeliveryStage();
        var releases = await stage.BuildAsync(["1.0.0", "2.0.0"], cancellation);
        await stage.DeployAsync(releases[0], cancellation);
        await using var user = new User(stage.Url);
        var samples = new List<Sample>();
        // The first one only warms up.
        for (var round = -1; round < Warm + Cold; round++)
        {
            await stage.DeployAsync(releases[1], cancellation);
            if (round >= Warm)
                await stage.StopIdleAsync(releases[1], cancellation);
            stage.Steps.Take();
            var arrival = user.FirstAnswerOf(releases[0].Digest);
            var decided = Stopwatch.GetTimestamp();
            await stage.RollbackAsync(cancellation);
            var whole = Stopwatch.GetElapsedTime(decided);
            var traffic = Stopwatch.GetElapsedTime(decided, await arrival.WaitAsync(TimeSpan.FromSeconds(10), cancellation));
            if (round >= 0)
                samples.Add(new Sample(round < Warm, traffic.TotalMilliseconds, whole.TotalMilliseconds, stage.Steps.Take()));
        }
        return Table(samples, user);
    }

    private static BenchmarkTable Table(List<Sample> samples, User user)
    {
        var warm = samples.Where(sample => sample.Warm).ToList();
        var cold = samples.Where(sample => !sample.Warm).ToList();
        var steps = samples[0].Steps.Keys;
        List<IReadOnlyList<string>> rows =
        [
            Row("decision to traffic", warm, cold, sample => sample.Traffic),
            Row("decision to the end of the rollback", warm, cold, sample => sample.Whole),
            .. steps.Select(step => Row($"of it {step}", warm, cold, sample => sample.Steps.GetValueOrDefault(step))),
        ];
        var (atMostWarm, atMostCold) = (Percentile(warm.Select(sample => sample.Traffic), 0.99), Percentile(cold.Select(sample => sample.Traffic), 0.99));
        return new BenchmarkTable(["milliseconds", "warm p50", "warm p99", "cold p50", "cold p99"], rows, string.Create(
            CultureInfo.InvariantCulture,
            $"p99 warm {atMostWarm:0} ms, held to {WarmBound} ms: {Verdict(atMostWarm, WarmBound)}. p99 cold {atMostCold:0} ms, held to {ColdBound} ms: {Verdict(atMostCold, ColdBound)}. "
            + $"The user asked {user.Requests} times meanwhile, {user.Failures} of them in vain."));
    }

    private static string[] Row(string what, List<Sample> warm, List<Sample> cold, Func<Sample, double> value) =>
        [what, .. new[] { warm, cold }.SelectMany(samples => new[] { 0.5, 0.99 }.Select(share => Percentile(samples.Select(value), share).ToString("0", CultureInfo.InvariantCulture)))];

    private static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }

    private static string Verdict(double value, double bound) => value <= bound ? "holds" : "does not hold";

    private sealed record Sample(bool Warm, double Traffic, double Whole, IReadOnlyDictionary<string, double> Steps);
}
