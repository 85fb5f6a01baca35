using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Benchmarks.Edge;

/// <summary>What wrk measured.</summary>
internal sealed partial record Load(long Requests, double PerSecond, double P99Milliseconds, int Unanswered, int Refused)
{
    /// <summary>What the proxy needed for a request, user and system together.</summary>
    public TimeSpan Processor { get; init; }

    public int Errors => Unanswered + Refused;

    public static async Task<Load> MeasureAsync(int port, int seconds, CancellationToken cancellation)
    {
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", "-c32", $"-d{seconds}s", "--timeout", "30s", "--latency", $"http://127.0.0.1:{port}/"]) { RedirectStandardOutput = true })!;
        var report = await wrk.StandardOutput.ReadToEndAsync(cancellation);
        await wrk.WaitForExitAsync(cancellation);
        var p99 = P99().Match(report);
        return new Load(
            long.Parse(Count().Match(report).Groups[1].Value, CultureInfo.InvariantCulture),
            double.Parse(Rate().Match(report).Groups[1].Value, CultureInfo.InvariantCulture),
            double.Parse(p99.Groups[1].Value, CultureInfo.InvariantCulture) * (p99.Groups[2].Value switch { "us" => 0.001, "ms" => 1, _ => 1000 }),
            Sum(SocketErrors().Match(report)),
            Sum(StatusErrors().Match(report)));
    }

    private static int Sum(Match match) =>
        match.Groups.Values.Skip(1).Sum(group => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0);

    [GeneratedRegex(@"(\d+) requests in ")]
    private static partial Regex Count();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex P99();

    [GeneratedRegex(@"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")]
    private static partial Regex SocketErrors();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex StatusErrors();
}
