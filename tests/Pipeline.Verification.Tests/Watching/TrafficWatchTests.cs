using Microsoft.AspNetCore.Http;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Verification.Watching;
using Pipeline.Verification.Watching.Judging;

namespace Pipeline.Verification.Tests.Watching;

public sealed class TrafficWatchTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);
    private static readonly TrafficWatchOptions Options = new()
    {
        CriticalEndpoints = ["/", "/api/products"],
        RequestsPerSecond = 100,
        RequestTimeout = TimeSpan.FromMilliseconds(500),
        Interval = TimeSpan.FromMilliseconds(100),
        LeastWatch = TimeSpan.FromMilliseconds(100),
    };

    [Fact]
    public async Task A_good_release_passes_every_rule_with_its_numbers()
    {
        await using var edge = await new CountingEdge(context => context.Response.WriteAsync("fine")).StartAsync();

        var report = await WatchAsync(edge, TimeSpan.FromSeconds(2), new TrafficBaseline(10, 0, 1));

        Assert.True(report.Passed, string.Join('\n', report.Checks));
        Assert.Equal(6, report.Checks.Count);
        Assert.Matches("^/: 0 of [0-9]+ requests failed .0 %., mean [0-9.]+ ms; /api/products: 0 of [0-9]+ requests failed .0 %.", report.Checks[1].Detail);
        Assert.Matches("^not judged: [0-9]+ requests now and 10 before; comparing takes 200 of each$", report.Checks[5].Detail);
    }

    [Fact]
    public async Task A_release_that_fails_a_fifth_of_its_requests_ends_the_watch_early()
    {
        var requests = 0;
        await using var edge = await new CountingEdge(context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref requests) % 5 == 0 ? 500 : 200;
            return Task.CompletedTask;
        }).StartAsync();

        var report = await WatchAsync(edge, Long, null);

        AssertSurelyBad(report, "error rate below 1 %");
    }

    [Fact]
    public async Task A_release_that_stalls_ends_the_watch_early()
    {
        await using var edge = await new CountingEdge(context => context.Request.Path == "/" ? Task.CompletedTask : Task.Delay(Timeout.Infinite, context.RequestAborted)
            .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)).StartAsync();

        var report = await WatchAsync(edge, Long, null);

        Assert.Contains("/api/products: ", AssertSurelyBad(report, "every critical endpoint below 500").Detail, StringComparison.Ordinal);
        Assert.Contains("no answer within 0.5 s", report.Checks[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_that_breaks_connections_ends_the_watch_early()
    {
        await using var edge = await new CountingEdge(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        }).StartAsync();

        AssertSurelyBad(await WatchAsync(edge, Long, null), "every critical endpoint below 500");
    }

    [Fact]
    public async Task A_release_that_is_much_slower_than_before_ends_the_watch_early()
    {
        await using var edge = await new CountingEdge(context => Task.Delay(150, context.RequestAborted)).StartAsync();

        AssertSurelyBad(await WatchAsync(edge, Long, new TrafficBaseline(10_000, 0, 5)), "mean response at most 1.3 × the baseline");
    }

    [Fact]
    public async Task An_instance_that_gets_unhealthy_ends_the_watch_early()
    {
        await using var edge = await new CountingEdge(_ => Task.CompletedTask).StartAsync();
        edge.Healthy = false;

        var result = AssertSurelyBad(await WatchAsync(edge, Long, null), "every instance healthy");

        Assert.Contains("staging-blue-1 for ", result.Detail, StringComparison.Ordinal);
        Assert.Contains("last probe: connection refused", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edge_that_cannot_be_read_ends_the_watch_early()
    {
        await using var edge = await new CountingEdge(_ => Task.CompletedTask).StartAsync();
        edge.Broken = new IOException("the control socket is gone");

        AssertSurelyBad(await WatchAsync(edge, Long, null), "every instance healthy");
    }

    [Fact]
    public async Task A_side_that_does_not_serve_fails()
    {
        await using var edge = await new CountingEdge(_ => Task.CompletedTask).StartAsync();
        var watch = new TrafficWatch(edge, Options, TimeProvider.System);

        var report = await watch.VerifyAsync(Environments.Staging(edge.Address) with { Watch = TimeSpan.FromMilliseconds(200) }, Colour.Green, null, TestContext.Current.CancellationToken);

        Assert.False(report.Checks[0].Passed);
        Assert.StartsWith("the edge counted no request to this side, though the watch made ", report.Checks[2].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_edge_counted_before_it_started_anew_is_kept()
    {
        await using var edge = await new CountingEdge(_ => Task.CompletedTask).StartAsync();
        var counted = new List<long>();
        var progress = new Look(evidence =>
        {
            counted.Add(evidence.Traffic.Requests);
            if (counted.Count == 5)
                edge.StartCountingAnew();
        });

        var watch = new TrafficWatch(edge, Options with { Progress = progress }, TimeProvider.System);
        var report = await watch.VerifyAsync(Environments.Staging(edge.Address) with { Watch = TimeSpan.FromSeconds(1) }, Colour.Blue, null, TestContext.Current.CancellationToken);

        Assert.True(report.Passed, string.Join('\n', report.Checks));
        Assert.Equal(counted.Order(), counted);
        Assert.True(counted[^1] > counted[4], string.Join(", ", counted));
    }

    [Fact]
    public async Task A_watch_that_is_cancelled_ends()
    {
        await using var edge = await new CountingEdge(_ => Task.CompletedTask).StartAsync();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var watch = new TrafficWatch(edge, Options, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.VerifyAsync(Environments.Staging(edge.Address) with { Watch = Long }, Colour.Blue, null, cancel.Token));
    }

    [Fact]
    public async Task A_baseline_is_measured_with_the_requests_of_the_meter_among_it()
    {
        await using var edge = await new CountingEdge(context => Task.Delay(10, context.RequestAborted)).StartAsync();

        var baseline = await new BaselineMeter(edge, Options, TimeProvider.System).MeasureAsync(Environments.Staging(edge.Address), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.NotNull(baseline);
        Assert.InRange(baseline.Requests, 10, 110);
        Assert.Equal(0, baseline.Failures);
        Assert.True(baseline.MeanMilliseconds >= 10, $"{baseline.MeanMilliseconds} ms");
    }

    [Fact]
    public void Options_out_of_bounds_are_all_named()
    {
        var fault = Assert.Throws<ArgumentException>(() => new TrafficWatch(
            new CountingEdge(_ => Task.CompletedTask),
            new TrafficWatchOptions { CriticalEndpoints = ["api"], RequestsPerSecond = 0, RequestTimeout = TimeSpan.Zero, Interval = TimeSpan.Zero },
            TimeProvider.System));

        Assert.Equal(
            """
            critical endpoint 'api' is no path; begin it with /
            RequestsPerSecond is 0; it must be 1 to 1000
            RequestTimeout is 00:00:00; it must be above zero
            Interval is 00:00:00; it must be 10 ms or more
            """.ReplaceLineEndings("\n"),
            fault.Message);
    }

    private static Task<CheckReport> WatchAsync(CountingEdge edge, TimeSpan watch, TrafficBaseline? baseline) =>
        new TrafficWatch(edge, Options with { Rules = new JudgeRules { UnhealthyGrace = TimeSpan.FromMilliseconds(500) } }, TimeProvider.System)
            .VerifyAsync(Environments.Staging(edge.Address) with { Watch = watch }, Colour.Blue, baseline, TestContext.Current.CancellationToken);

    private static CheckResult AssertSurelyBad(CheckReport report, string rule)
    {
        var result = Assert.Single(report.Checks, check => check.Name == rule);
        Assert.False(result.Passed, string.Join('\n', report.Checks));
        Assert.Contains("; surely bad after ", result.Detail, StringComparison.Ordinal);
        return result;
    }

    private sealed class Look(Action<WatchEvidence> report) : IProgress<WatchEvidence>
    {
        public void Report(WatchEvidence value) => report(value);
    }
}
