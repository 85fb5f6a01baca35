using System.Net;

namespace Pipeline.Edge.Tests.Forwarding;

public sealed class RetryTests
{
    // Probes must not help: only what the requests themselves meet.
    private static readonly string[] WithoutProbes = ["--probe-interval", "600s", "--probe-timeout", "50ms", "--unhealthy-threshold", "100"];

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task An_instance_that_takes_no_connection_costs_no_request(string method)
    {
        await using var good = await TestInstance.StartAsync();
        await using var edge = await EdgeStage.StartAsync(WithoutProbes);
        await edge.RouteAsync(new Uri($"http://127.0.0.1:{LoopbackPort.Free()}"), good.Address);

        for (var request = 0; request < 6; request++)
        {
            using var message = new HttpRequestMessage(new HttpMethod(method), edge.Url);
            message.Content = method == "POST" ? new StringContent("order") : null;
            using var response = await edge.Client.SendAsync(message, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        Assert.False((await edge.StatusAsync()).Backends[0].Destinations[0].Healthy);
    }

    [Fact]
    public async Task A_request_without_effect_is_repeated_when_its_connection_breaks()
    {
        await using var good = await TestInstance.StartAsync();
        using var breaking = new RawInstance((_, _) => Task.CompletedTask);
        await using var edge = await EdgeStage.StartAsync(WithoutProbes);
        await edge.RouteAsync(breaking.Address, good.Address);

        for (var request = 0; request < 4; request++)
        {
            using var response = await edge.Client.GetAsync(edge.Url, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        Assert.True(breaking.Requests > 0, "the breaking instance was never asked");
    }

    [Fact]
    public async Task A_request_that_may_have_had_an_effect_is_never_repeated()
    {
        await using var good = await TestInstance.StartAsync();
        using var breaking = new RawInstance((_, _) => Task.CompletedTask);
        await using var edge = await EdgeStage.StartAsync(WithoutProbes);
        await edge.RouteAsync(breaking.Address, good.Address);

        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < 4; request++)
        {
            using var content = new StringContent("order");
            using var response = await edge.Client.PostAsync(edge.Url, content, TestContext.Current.CancellationToken);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal(breaking.Requests, statuses.Count(status => status == HttpStatusCode.BadGateway));
        Assert.Equal(good.Requests, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.True(breaking.Requests > 0, "the breaking instance was never asked");
    }

    [Theory]
    [InlineData("no HTTP at all", "hello\r\n\r\n")]
    [InlineData("a header that is none", "HTTP/1.1 200 OK\r\nno header\r\n\r\n")]
    [InlineData("a length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabc")]
    public async Task An_answer_that_cannot_be_read_is_a_bad_gateway(string what, string bytes)
    {
        using var instance = RawInstance.Answering(bytes);
        await using var edge = await EdgeStage.StartAsync(WithoutProbes);
        await edge.RouteAsync(instance.Address);
        using var content = new StringContent("x");

        using var response = await edge.Client.PostAsync(edge.Url, content, TestContext.Current.CancellationToken);

        Assert.True(response.StatusCode == HttpStatusCode.BadGateway, what);
        Assert.Equal(1, (await edge.StatusAsync()).Backends[0].Traffic.Failures);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_seen_as_broken_by_the_client_and_counted()
    {
        using var instance = RawInstance.Answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        await using var edge = await EdgeStage.StartAsync(WithoutProbes);
        await edge.RouteAsync(instance.Address);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => edge.Client.GetStringAsync(edge.Url, TestContext.Current.CancellationToken));

        await Eventually.HoldsAsync(async () => (await edge.StatusAsync()).Backends[0].Traffic.Failures == 1, "the broken answer is counted");
    }

    [Fact]
    public async Task When_no_instance_can_be_reached_the_client_is_told_when_to_come_back()
    {
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(new Uri($"http://127.0.0.1:{LoopbackPort.Free()}"));

        using var response = await edge.Client.GetAsync(edge.Url, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("1", response.Headers.RetryAfter!.ToString());
        Assert.Equal("edge: no instance of blue can be reached\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_instance_that_never_answers_is_given_up_after_the_activity_timeout()
    {
        using var instance = new RawInstance((_, _) => Task.Delay(TimeSpan.FromMinutes(1)));
        await using var edge = await EdgeStage.StartAsync("--activity-timeout", "200ms");
        await edge.RouteAsync(instance.Address);

        using var response = await edge.Client.GetAsync(edge.Url, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
    }

    [Fact]
    public async Task A_client_that_goes_away_is_no_failure_of_the_release()
    {
        var arrived = new TaskCompletionSource();
        await using var instance = await TestInstance.StartAsync(async context =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);
        using var away = new CancellationTokenSource();

        var request = edge.Client.GetAsync(edge.Url, away.Token);
        await arrived.Task;
        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);

        await Eventually.HoldsAsync(async () => (await edge.StatusAsync()).Backends[0].InFlight == 0, "the request ends");
        var traffic = (await edge.StatusAsync()).Backends[0].Traffic;
        Assert.Equal((0, 0), (traffic.Requests, traffic.Failures));
    }
}
