using Pipeline.Verification.Load;
using Pipeline.Verification.Load.Plans;
using Pipeline.Verification.Load.Reports;

namespace Pipeline.EndToEnd.Installations;

/// <summary>Two hundred thousand requests at a constant rate to a Shop, and more for as long as a test wants.</summary>
public sealed class ShopLoad : IDisposable
{
    private const int Enough = 200_000;
    private const double RequestsPerSecond = 1000;
    private readonly CancellationTokenSource enough = new();
    private readonly long started = TimeProvider.System.GetTimestamp();
    private readonly Task<LoadReport> load;

    private ShopLoad(Uri address, CancellationToken stop) => load = new LoadGenerator(TimeProvider.System).RunAsync(Plan(address), enough.Token, stop);

    public static ShopLoad Begin(Uri address, CancellationToken stop) => new(address, stop);

    /// <summary>Waits until there were enough, and holds that none failed and none had to be sent again.</summary>
    /// <returns>The report, and what it says in one line.</returns>
    public async Task<(LoadReport Report, string Text)> ExpectNoneFailedAsync(CancellationToken stop)
    {
        var rest = TimeSpan.FromSeconds((Enough / RequestsPerSecond) + 1) - TimeProvider.System.GetElapsedTime(started);
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest, stop);
        await enough.CancelAsync();
        var report = await load;
        var text = Describe(report);
        Assert.True(report.Failed == 0, text);
        Assert.True(report.CutOff == 0, text);
        Assert.True(report.Requests >= Enough, text);
        return (report, text);
    }

    public void Dispose() => enough.Dispose();

    private static ConstantRate Plan(Uri address) => new()
    {
        Target = new LoadTarget
        {
            Address = address,
            Requests =
            [
                .. new[] { "/version", "/health", "/api/products", "/version", "/", "/health", "/login", "/ready" }
                    .Select(path => new LoadRequest { Path = path, ExpectedStatus = 200 }),
            ],
            RequestTimeout = TimeSpan.FromSeconds(30),
        },
        RequestsPerSecond = RequestsPerSecond,
        Duration = TimeSpan.FromSeconds(Enough / RequestsPerSecond * 10),
    };

    private static string Describe(LoadReport report) =>
        $"{report.Requests} requests in {report.Duration.TotalSeconds:0} s, {report.Failed} failed, {report.CutOff} cut off and sent again, "
        + $"{report.Connections} connections, p50 {report.Latency.P50Milliseconds:0.0} ms, p99 {report.Latency.P99Milliseconds:0.0} ms, longest {report.Latency.MaxMilliseconds:0} ms"
        + string.Concat(report.FirstFailures.Select(failure => $"\n  {failure.At:HH:mm:ss.fff} {failure.Kind} {failure.Request} after {failure.LatencyMilliseconds:0} ms by {failure.Release}: {failure.Detail}"));
}
