using Pipeline.Delivery;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Traffic;
using Pipeline.Edge.Control;

namespace Pipeline.Edge.Tests.Control;

public sealed class SupervisedEdgeTests
{
    [Fact]
    public async Task An_edge_is_started_once_and_replaced_only_when_its_settings_change()
    {
        var (stage, edge) = await SupervisedStage.StartAsync();
        await using var stopping = stage;
        var cancellation = TestContext.Current.CancellationToken;
        var first = stage.ProcessId;

        await edge.EnsureRunningAsync(cancellation);
        var second = stage.ProcessId;
        await stage.Edge(new EdgeSettings { ProbePath = "/health" }).EnsureRunningAsync(cancellation);
        var third = stage.ProcessId;
        await edge.StopAsync(cancellation);

        Assert.Equal(first, second);
        Assert.NotEqual(second, third);
        Assert.Null(await edge.ObserveAsync(cancellation));
    }

    [Fact]
    public async Task Routes_come_back_as_they_were_given()
    {
        var (stage, edge) = await SupervisedStage.StartAsync();
        await using var stopping = stage;
        var cancellation = TestContext.Current.CancellationToken;
        var routes = new EdgeRoutes([EdgeStage.Side(Colour.Green, EdgeStage.Release, 100, new Uri("http://127.0.0.1:9"))]);

        await edge.ApplyAsync(routes, new FencingToken(5), cancellation);
        var status = await edge.ObserveAsync(cancellation);

        var backend = Assert.Single(status!.Routes().Backends);
        Assert.Equal((Colour.Green, EdgeStage.Release, 100), (backend.Colour, backend.Digest, backend.Weight));
        Assert.Equal(new Destination("green-1", new Uri("http://127.0.0.1:9")), Assert.Single(backend.Destinations));
        Assert.Equal(5, status.Fence);
    }

    [Fact]
    public async Task An_edge_that_never_ran_is_observed_as_none()
    {
        await using var stage = new SupervisedStage();
        var edge = stage.Edge();

        Assert.Null(await edge.ObserveAsync(TestContext.Current.CancellationToken));
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => edge.ApplyAsync(EdgeRoutes.None, new FencingToken(1), TestContext.Current.CancellationToken));
        Assert.Equal($"edge of testing: none answers in {stage.Directory}; start it (EnsureRunning) and try again", refusal.Message);
    }

    [Fact]
    public async Task A_setting_out_of_bounds_is_shown_with_the_edges_own_words()
    {
        await using var stage = new SupervisedStage();
        var edge = stage.Edge(new EdgeSettings { ProbePath = "ready" });

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => edge.EnsureRunningAsync(TestContext.Current.CancellationToken));

        Assert.Contains("--probe-path is 'ready'; it takes a path that starts with /", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_URL_that_an_edge_cannot_listen_on_is_refused()
    {
        using var root = new TemporaryDirectory();

        var refusal = Assert.Throws<DeliveryException>(() => new SupervisedEdge(
            "staging", root.Path, new Uri("https://shop.example/"), EdgeStage.Dll, new SupervisedStage().Supervisors, TimeProvider.System, new EdgeSettings()));

        Assert.Equal(
            "edge of staging: its URL is https://shop.example/; an edge listens on http, an IP address or localhost, and a port: http://127.0.0.1:18082", refusal.Message);
    }
}
