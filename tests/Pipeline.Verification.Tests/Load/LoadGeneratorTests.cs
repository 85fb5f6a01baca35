using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Testing;
using Pipeline.Verification.Load;
using Pipeline.Verification.Load.Plans;
using Pipeline.Verification.Load.Reports;

namespace Pipeline.Verification.Tests.Load;

public sealed class LoadGeneratorTests
{
    private readonly LoadGenerator generator = new(TimeProvider.System);

    [Fact]
    public async Task A_constant_rate_is_sent_and_every_request_is_accounted_for()
    {
        var served = 0;
        await using var server = await WebServer.AnsweringAsync(context =>
        {
            Interlocked.Increment(ref served);
            context.Response.Headers["Pipeline-Release"] = context.Request.Path == "/a" ? "sha256:a" : "sha256:b";
            return context.Response.WriteAsync("fine");
        });
        var target = Target(server.Address) with { Requests = [new LoadRequest { Path = "/a", ExpectedText = "fine" }, new LoadRequest { Path = "/b" }] };

        var report = await RunAsync(new ConstantRate { Target = target, RequestsPerSecond = 200, Duration = TimeSpan.FromSeconds(2) });

        Assert.Equal((400, 400, 400, 0), (served, report.Requests, report.Succeeded, report.Failed));
        Assert.Equal((200, 200), (report.Releases["sha256:a"], report.Releases["sha256:b"]));
        Assert.Equal((400, 400, 400), (report.Latency.Count, report.SucceededLatency.Count, report.Lateness.Count));
        Assert.Equal((400, 400), (report.Seconds.Sum(second => second.Sent), report.Seconds.Sum(second => second.Succeeded)));
        Assert.Equal(Enumerable.Range(0, report.Seconds.Count), report.Seconds.Select(second => second.Second));
        Assert.Empty(report.FirstFailures);
        Assert.InRange(report.Connections, 1, 400);
        Assert.Equal(0, report.CutOff);
        Assert.True(report.Checks.Single(check => check.Name == "at most 0 % of the requests failed").Passed);
    }

    [Fact]
    public async Task A_server_that_stalls_is_charged_with_everybody_it_kept_waiting()
    {
        var stall = new Lazy<Task>(() => Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        await using var server = await WebServer.AnsweringAsync(_ => stall.Value);

        var report = await RunAsync(new ConstantRate { Target = Target(server.Address), RequestsPerSecond = 100, Duration = TimeSpan.FromSeconds(2), MostConnections = 1 });

        Assert.Equal(0, report.Failed);
        // One connection: a closed model would have seen a single slow request, and the others fast.
        Assert.True(report.Latency.QuantileMilliseconds(0.75) > 100, $"{report.Latency.QuantileMilliseconds(0.75)} ms");
    }

    [Fact]
    public async Task Requests_beyond_those_that_may_wait_are_not_sent_and_counted_as_failed()
    {
        await using var server = await WebServer.AnsweringAsync(context => Task.Delay(500, context.RequestAborted));

        var report = await RunAsync(new ConstantRate { Target = Target(server.Address), RequestsPerSecond = 100, Duration = TimeSpan.FromSeconds(1), MostInFlight = 5 });

        Assert.Equal(100, report.Requests);
        Assert.True(report.FailuresByKind[LoadFailureKind.NotSent] >= 80, $"{report.FailuresByKind[LoadFailureKind.NotSent]} not sent");
        Assert.Equal(report.Failed, report.FailuresByKind[LoadFailureKind.NotSent]);
        Assert.False(report.Checks[0].Passed);
    }

    [Fact]
    public async Task A_fifth_of_failures_is_counted_and_the_first_are_kept_in_full()
    {
        var requests = 0;
        await using var server = await WebServer.AnsweringAsync(context =>
        {
            var fails = Interlocked.Increment(ref requests) % 5 == 0;
            context.Response.StatusCode = fails ? 500 : 200;
            context.Response.Headers["Pipeline-Release"] = "sha256:a";
            return context.Response.WriteAsync(fails ? "it broke" : "fine");
        });

        var report = await RunAsync(new ConstantRate { Target = Target(server.Address) with { KeptFailures = 3 }, RequestsPerSecond = 100, Duration = TimeSpan.FromSeconds(1) });

        Assert.Equal((100, 80, 20), (report.Requests, report.Succeeded, report.FailuresByKind[LoadFailureKind.ServerError]));
        Assert.Equal(3, report.FirstFailures.Count);
        var first = report.FirstFailures[0];
        Assert.Equal((LoadFailureKind.ServerError, $"GET {server.Address}", "sha256:a", "status 500, body: it broke"), (first.Kind, first.Request, first.Release, first.Detail));
        Assert.Equal("20 of 100: 20 ServerError", report.Checks[1].Detail);
        Assert.False(report.Passed);
    }

    [Fact]
    public async Task Nobody_there_is_a_connect_error() =>
        await AssertFailsAsync(new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/"), LoadFailureKind.ConnectError, "connection refused");

    [Fact]
    public async Task A_broken_connection_is_a_reset()
    {
        await using var server = new RawServer(RawServer.ResetAsync);
        await AssertFailsAsync(server.Address, LoadFailureKind.Reset, "connection reset");
    }

    [Fact]
    public async Task An_answer_that_ends_too_early_is_a_reset()
    {
        await using var server = new RawServer(RawServer.Answering("HTTP/1.1 200 OK\nContent-Length: 10\n\nabc"));
        await AssertFailsAsync(server.Address, LoadFailureKind.Reset, "the connection was closed before the answer was complete");
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_a_time_out()
    {
        await using var server = new RawServer(RawServer.StallAsync);
        await AssertFailsAsync(server.Address, LoadFailureKind.TimeOut, "no complete answer within 0.5 s");
    }

    [Fact]
    public async Task A_server_that_drips_is_a_time_out()
    {
        await using var server = new RawServer(RawServer.Answering("HTTP/1.1 200 OK\nContent-Length: 1000\n\n", async (socket, cancellation) =>
        {
            while (true)
            {
                await socket.SendAsync("x"u8.ToArray(), cancellation);
                await Task.Delay(50, cancellation);
            }
        }));
        await AssertFailsAsync(server.Address, LoadFailureKind.TimeOut, "no complete answer within 0.5 s");
    }

    [Fact]
    public async Task Another_protocol_is_no_HTTP()
    {
        await using var server = new RawServer(RawServer.Answering("SSH-2.0-OpenSSH_9.6\n\n"));
        await AssertFailsAsync(server.Address, LoadFailureKind.NotHttp, "");
    }

    [Fact]
    public async Task A_request_that_the_client_sends_again_unasked_is_told_of()
    {
        await using var server = new RawServer(RawServer.Answering("HTTP/1.1 200 OK\nContent-Length: 4\n\nfine", async (socket, cancellation) => await socket.ReceiveAsync(new byte[8192], cancellation)));

        var report = await generator.RunAsync(
            new Saturation { Target = Target(server.Address), Connections = 1, Requests = 20 }, CancellationToken.None, TestContext.Current.CancellationToken);

        Assert.Equal((20, 0), (report.Requests, report.Failed));
        Assert.Equal(19, report.CutOff);
        Assert.Equal(20, report.Connections);
    }

    [Theory]
    [InlineData(404, "fine", null, LoadFailureKind.WrongStatus)]
    [InlineData(200, "fine", 201, LoadFailureKind.WrongStatus)]
    [InlineData(200, "fain", null, LoadFailureKind.WrongBody)]
    [InlineData(503, "fine", 200, LoadFailureKind.ServerError)]
    public async Task An_answer_that_is_not_the_expected_one_fails(int status, string body, int? expected, LoadFailureKind kind)
    {
        await using var server = await WebServer.AnsweringAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });
        var target = Target(server.Address) with { Requests = [new LoadRequest { Path = "/", ExpectedStatus = expected, ExpectedText = "fine" }] };

        var report = await RunAsync(new ConstantRate { Target = target, RequestsPerSecond = 10, Duration = TimeSpan.FromSeconds(0.1) });

        Assert.Equal((kind, $"status {status}, body: {body}"), (Assert.Single(report.FirstFailures).Kind, report.FirstFailures[0].Detail));
    }

    [Fact]
    public async Task A_body_and_headers_are_sent()
    {
        await using var server = await WebServer.AnsweringAsync(async context =>
        {
            var body = await context.Request.ReadFromJsonAsync<JsonElement>();
            await context.Response.WriteAsync($"{context.Request.Method} {body.GetProperty("a").GetInt32()} {context.Request.Headers["X-Key"]} {context.Request.Protocol}");
        });
        var request = new LoadRequest { Path = "/", Method = HttpMethod.Post, Body = "{\"a\":1}", Headers = new Dictionary<string, string> { ["X-Key"] = "k" }, ExpectedText = "POST 1 k HTTP/1.1" };

        var report = await RunAsync(new ConstantRate { Target = Target(server.Address) with { Requests = [request] }, RequestsPerSecond = 10, Duration = TimeSpan.FromSeconds(0.5) });

        Assert.Empty(report.FirstFailures);
    }

    [Fact]
    public async Task Enough_ends_the_sending_and_keeps_the_report()
    {
        await using var server = await WebServer.AnsweringAsync(_ => Task.CompletedTask);
        using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var plan = new ConstantRate { Target = Target(server.Address), RequestsPerSecond = 50, Duration = TimeSpan.FromHours(1) };

        var report = await generator.RunAsync(plan, enough.Token, TestContext.Current.CancellationToken);

        Assert.InRange(report.Requests, 1, 1000);
        Assert.Equal(0, report.Failed);
    }

    [Fact]
    public async Task A_load_that_is_cancelled_gives_up()
    {
        await using var server = new RawServer(RawServer.StallAsync);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var plan = new ConstantRate { Target = Target(server.Address) with { RequestTimeout = TimeSpan.FromMinutes(5) }, RequestsPerSecond = 50, Duration = TimeSpan.FromHours(1) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.RunAsync(plan, CancellationToken.None, cancel.Token));
    }

    [Fact]
    public async Task Saturation_sends_exactly_so_many_over_so_many_connections()
    {
        var served = 0;
        await using var server = await WebServer.AnsweringAsync(_ =>
        {
            Interlocked.Increment(ref served);
            return Task.CompletedTask;
        });

        var report = await generator.RunAsync(
            new Saturation { Target = Target(server.Address), Connections = 4, Requests = 2000 }, CancellationToken.None, TestContext.Current.CancellationToken);

        Assert.Equal((2000, 2000, 2000), (served, report.Requests, report.Succeeded));
        Assert.InRange(report.Connections, 1, 4);
        Assert.Null(report.IntendedRate);
        Assert.Equal("at most 0 % of the requests failed", Assert.Single(report.Checks).Name);
    }

    [Fact]
    public async Task Limits_on_latency_are_checked_each()
    {
        await using var server = await WebServer.AnsweringAsync(context => Task.Delay(100, context.RequestAborted));
        var limits = new LoadLimits { Median = TimeSpan.FromMilliseconds(50), P95 = TimeSpan.FromMinutes(1), P99 = TimeSpan.FromMinutes(1), P999 = TimeSpan.FromMilliseconds(50) };

        var report = await RunAsync(new ConstantRate { Target = Target(server.Address) with { Limits = limits }, RequestsPerSecond = 20, Duration = TimeSpan.FromSeconds(1) });

        Assert.Equal(
            [("median at most 50 ms", false), ("p95 at most 60000 ms", true), ("p99 at most 60000 ms", true), ("p99.9 at most 50 ms", false)],
            report.Checks.Skip(2).Select(check => (check.Name, check.Passed)));
    }

    [Fact]
    public async Task Every_fault_of_a_plan_is_named()
    {
        var target = new LoadTarget { Address = new Uri("ftp://a"), Requests = [], RequestTimeout = TimeSpan.Zero, KeptFailures = -1 };
        var plan = new ConstantRate { Target = target, RequestsPerSecond = double.NaN, Duration = TimeSpan.Zero, MostConnections = 0, MostInFlight = 0 };

        var fault = await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(plan));

        Assert.Equal(
            """
            Address is ftp://a/; write an absolute http or https URL
            Requests is empty; name at least one request
            RequestTimeout is 00:00:00; it must be above zero and at most 10 minutes
            KeptFailures is -1; it must be 0 to 1000
            RequestsPerSecond is NaN; it must be above 0 and at most 100000
            Duration is 00:00:00; it must be above zero and at most 24 hours
            MostConnections is 0; it must be 1 to 20000
            MostInFlight is 0; it must be 1 to 1000000
            """.ReplaceLineEndings("\n"),
            fault.Message);
    }

    private static LoadTarget Target(Uri address) => new() { Address = address, Requests = [new LoadRequest { Path = "/" }], RequestTimeout = TimeSpan.FromSeconds(30) };

    private Task<LoadReport> RunAsync(ConstantRate plan) => generator.RunAsync(plan, CancellationToken.None, TestContext.Current.CancellationToken);

    private async Task AssertFailsAsync(Uri address, LoadFailureKind kind, string detail)
    {
        var timeout = TimeSpan.FromSeconds(kind == LoadFailureKind.TimeOut ? 0.5 : 30);
        var report = await RunAsync(new ConstantRate { Target = Target(address) with { RequestTimeout = timeout }, RequestsPerSecond = 10, Duration = TimeSpan.FromSeconds(0.2) });

        Assert.Equal(2, report.FailuresByKind[kind]);
        Assert.All(report.FirstFailures, failure => Assert.StartsWith(detail, failure.Detail, StringComparison.Ordinal));
    }
}
