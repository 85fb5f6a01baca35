using Pipeline.EndToEnd.Installations;
using Pipeline.Verification.Load;
using Pipeline.Verification.Load.Plans;
using Pipeline.Verification.Load.Reports;

namespace Pipeline.EndToEnd;

/// <summary>A load at a constant rate through everything that may happen to production in order, and through the death of the edge's supervisor.</summary>
[Collection(LoadedCollection.Name)]
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Enough = 200_000;
    private const double RequestsPerSecond = 1000;

    [Fact]
    public async Task Five_promotions_two_rollbacks_and_an_edge_restarted_twice_fail_no_request_of_two_hundred_thousand()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var serving = new ServingInstallation();
        await serving.InitializeAsync();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var started = TimeProvider.System.GetTimestamp();
        var load = new LoadGenerator(TimeProvider.System).RunAsync(Plan(serving.Installation.Production), enough.Token, stop);

        await PromoteOtherAsync(serving);
        await PromoteOtherAsync(serving);
        await GoBackAsync(serving);
        await ReplaceEdgeAsync(serving, stop);
        await PromoteOtherAsync(serving);
        serving.Parts.KillSupervisor(serving.Parts.Edge("production"));
        await PromoteOtherAsync(serving);
        await GoBackAsync(serving);
        await PromoteOtherAsync(serving);

        var rest = TimeSpan.FromSeconds((Enough / RequestsPerSecond) + 1) - TimeProvider.System.GetElapsedTime(started);
        if (rest > TimeSpan.Zero)
            await Task.Delay(rest, stop);
        await enough.CancelAsync();
        var report = await load;
        output.WriteLine(Describe(report));
        Assert.True(report.Failed == 0, Describe(report));
        Assert.True(report.Requests >= Enough, Describe(report));
        Assert.Equal(2, report.Releases.Count);
    }

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

    private static async Task PromoteOtherAsync(ServingInstallation serving)
    {
        var release = await serving.OtherAsync();
        (await serving.PromoteAsync(release)).Expect(0);
        Assert.Equal(release, await serving.Installation.ServingAsync());
    }

    private static async Task GoBackAsync(ServingInstallation serving)
    {
        var release = await serving.OtherAsync();
        (await serving.RollBackAsync()).Expect(0);
        Assert.Equal(release, await serving.Installation.ServingAsync());
    }

    /// <summary>The edge gets a new worker with another setting; the next promotion finds that and gives it one with the right setting again.</summary>
    private static Task ReplaceEdgeAsync(ServingInstallation serving, CancellationToken stop)
    {
        var supervisors = serving.Installation.Supervisors();
        var edge = supervisors.Observe(serving.Parts.Edge("production"))!.Specification;
        return supervisors.ReplaceAsync(
            edge with { Environment = new Dictionary<string, string>(edge.Environment) { ["PIPELINE_EDGE_REPLACED"] = "1" } }, TimeSpan.FromMinutes(1), stop);
    }

    private static string Describe(LoadReport report) =>
        $"{report.Requests} requests in {report.Duration.TotalSeconds:0} s, {report.Failed} failed, {report.CutOff} cut off and sent again, "
        + $"{report.Connections} connections, p50 {report.Latency.P50Milliseconds:0.0} ms, p99 {report.Latency.P99Milliseconds:0.0} ms, longest {report.Latency.MaxMilliseconds:0} ms"
        + string.Concat(report.FirstFailures.Select(failure => $"\n  {failure.At:HH:mm:ss.fff} {failure.Kind} {failure.Request} after {failure.LatencyMilliseconds:0} ms by {failure.Release}: {failure.Detail}"));
}
