using System.Diagnostics;
using Pipeline.Delivery.Environments;
using Pipeline.Edge.Control;

namespace Pipeline.Edge.Tests.Lifecycle;

public sealed class ContinuityTests
{
    private const int Some = 500;

    [Fact]
    public async Task No_request_fails_while_routes_change_sides_drain_and_the_worker_is_replaced()
    {
        await using var blue = await TestInstance.StartAsync("blue");
        await using var green = await TestInstance.StartAsync("green");
        var (stage, edge) = await SupervisedStage.StartAsync();
        await using var stopping = stage;
        await stage.RouteAsync(Colour.Blue, EdgeStage.Release, blue.Address);
        var cancellation = TestContext.Current.CancellationToken;
        var first = stage.ProcessId;
        await using var hammer = new Hammer(stage.Url, arriving: 2);
        await hammer.MoreAsync(Some);

        await stage.RouteAsync(Colour.Green, EdgeStage.OtherRelease, green.Address);
        var left = await edge.DrainAsync(Colour.Blue, TimeSpan.FromSeconds(20), cancellation);
        var blueRequests = blue.Requests;
        await hammer.MoreAsync(Some);
        await stage.Edge(new EdgeSettings { ProbeInterval = TimeSpan.FromSeconds(3) }).EnsureRunningAsync(cancellation);
        await hammer.MoreAsync(Some);
        await stage.RouteAsync(Colour.Blue, EdgeStage.Release, blue.Address);
        await hammer.MoreAsync(Some);

        Assert.Empty(await hammer.StopAsync());
        Assert.Equal(0, left);
        Assert.Equal(2, hammer.Releases.Count);
        Assert.NotEqual(first, stage.ProcessId);
        Assert.True(blueRequests > 0);
    }

    [Fact]
    public async Task No_connection_attempt_fails_while_a_killed_worker_comes_back_with_its_routes()
    {
        await using var instance = await TestInstance.StartAsync();
        var (stage, _) = await SupervisedStage.StartAsync();
        await using var stopping = stage;
        await stage.RouteAsync(Colour.Blue, EdgeStage.Release, instance.Address);

        using (var worker = Process.GetProcessById(stage.ProcessId))
            worker.Kill();
        using var client = EdgeStage.NewClient();
        using var response = await client.GetAsync(stage.Url, TestContext.Current.CancellationToken);

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal([EdgeStage.Release.Value], response.Headers.GetValues("Pipeline-Release"));
    }

    [Fact]
    public async Task No_new_request_fails_when_one_of_two_instances_is_killed()
    {
        await using var echo = await TestInstance.StartAsync();
        // Real processes to kill: edges as instances, in front of one that answers.
        await using var survivor = await EdgeStage.StartAsync();
        await using var victim = await EdgeStage.StartAsync();
        await survivor.RouteAsync(echo.Address);
        await victim.RouteAsync(echo.Address);
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(survivor.Url, victim.Url);
        await using var hammer = new Hammer(edge.Url);
        await hammer.MoreAsync(Some);

        victim.Kill();
        await hammer.MoreAsync(Some);

        Assert.Empty(await hammer.StopAsync());
        await Eventually.HoldsAsync(async () => !(await edge.StatusAsync()).Backends[0].Destinations[1].Healthy, "the killed instance is seen as such");
    }

    [Fact]
    public async Task A_connection_kept_open_by_its_client_is_closed_only_after_one_more_answer()
    {
        await using var instance = await TestInstance.StartAsync();
        var (stage, _) = await SupervisedStage.StartAsync();
        await using var stopping = stage;
        await stage.RouteAsync(Colour.Blue, EdgeStage.Release, instance.Address);
        using var kept = new System.Net.Sockets.TcpClient();
        var cancellation = TestContext.Current.CancellationToken;
        await kept.ConnectAsync(System.Net.IPAddress.Loopback, stage.Url.Port, cancellation);
        var stream = kept.GetStream();
        var buffer = new byte[8192];
        await stream.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), cancellation);
        var first = System.Text.Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, cancellation));

        await stage.Edge(new EdgeSettings { ProbeInterval = TimeSpan.FromSeconds(3) }).EnsureRunningAsync(cancellation);
        await stream.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), cancellation);
        using var reader = new StreamReader(stream);
        var last = await reader.ReadToEndAsync(cancellation);

        Assert.DoesNotContain("Connection: close", first, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 200 ", last, StringComparison.Ordinal);
        Assert.Contains("Connection: close", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_answer_is_finished_by_the_worker_that_began_it()
    {
        var goOn = new TaskCompletionSource();
        await using var instance = await TestInstance.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync("first "u8.ToArray());
            await context.Response.Body.FlushAsync();
            await goOn.Task;
            await context.Response.Body.WriteAsync("last"u8.ToArray());
        });
        var (stage, edge) = await SupervisedStage.StartAsync();
        await using var stopping = stage;
        await stage.RouteAsync(Colour.Blue, EdgeStage.Release, instance.Address);
        var cancellation = TestContext.Current.CancellationToken;
        using var client = EdgeStage.NewClient();
        using var response = await client.GetAsync(stage.Url, HttpCompletionOption.ResponseHeadersRead, cancellation);

        await stage.Edge(new EdgeSettings { ProbeInterval = TimeSpan.FromSeconds(3) }).EnsureRunningAsync(cancellation);
        var inFlight = 0;
        await Eventually.HoldsAsync(async () => (inFlight = await edge.DrainAsync(Colour.Blue, TimeSpan.Zero, cancellation)) == 1, "the new worker knows of it");
        goOn.SetResult();

        Assert.Equal("first last", await response.Content.ReadAsStringAsync(cancellation));
        Assert.Equal(0, await edge.DrainAsync(Colour.Blue, TimeSpan.FromSeconds(20), cancellation));
    }
}
