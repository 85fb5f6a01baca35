using System.Diagnostics;
using System.Globalization;

namespace Pipeline.Benchmarks.Edge;

/// <summary>Whether anybody notices: a million requests while releases come and go and the edge itself is replaced.</summary>
internal sealed class MillionBenchmark : IBenchmark
{
    private const long Wanted = 1_000_000;
    private const int SecondsARound = 10;
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(12);

    public string Name => "million";

    public string Title => "Edge: a million requests across deployments";

    public string Explanation =>
        "wrk asks on 32 connections as fast as it is answered, with new connections every ten seconds, while one deployment follows the other: instances of a new release "
        + "start, get the traffic, give it back and get it again, the old ones are drained and ended, and the edge's worker is replaced under its supervisor. "
        + "Failed is an answer other than 200; cut off is a connection refused, broken or silent for 30 seconds with a request on it. Held to none of either.";

    public async Task<BenchmarkTable> RunAsync(CancellationToken cancellation)
    {
        using var stage = new ProxyStage();
        await using var rollouts = new Rollouts(stage);
        await rollouts.StartAsync(cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var clock = Stopwatch.StartNew();
        var rolling = rollouts.RunAsync(stop.Token, cancellation);
        var loads = new List<Load>();
        while (loads.Sum(load => load.Requests) < Wanted && clock.Elapsed < AtMost && !rolling.IsCompleted)
            loads.Add(await Load.MeasureAsync(rollouts.Port, SecondsARound, cancellation));
        await stop.CancelAsync();
        await rolling;
        return Table(loads, rollouts, clock.Elapsed);
    }

    private static BenchmarkTable Table(List<Load> loads, Rollouts rollouts, TimeSpan elapsed)
    {
        var (requests, failed, cut) = (loads.Sum(load => load.Requests), loads.Sum(load => load.Refused), loads.Sum(load => load.Unanswered));
        string[] row =
        [
            Text(requests), Text(failed), Text(cut), Text(rollouts.Deployments), Text(rollouts.Rollbacks), Text(rollouts.Replacements),
            Text((long)elapsed.TotalSeconds), Text((long)(requests / elapsed.TotalSeconds)),
        ];
        var verdict = failed + cut == 0 && requests >= Wanted
            ? $"{Text(requests)} requests, none failed and none cut off: holds."
            : $"{Text(requests)} of {Text(Wanted)} requests, {Text(failed)} failed, {Text(cut)} cut off: does not hold.";
        return new BenchmarkTable(["requests", "failed", "cut off", "deployments", "rollbacks", "edge replaced", "seconds", "requests/s"], [row], verdict);
    }

    private static string Text(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
