using Pipeline.Delivery.Environments;
using Pipeline.Edge.Control;
using Pipeline.Testing.Docker;

namespace Pipeline.Containers.Tests;

public sealed class EdgeTests(DockerStage docker, StageImages images)
{
    private const int Some = 300;

    // The test's web server answers there what the Shop answers on /ready.
    private static readonly EdgeSettings First = new() { ProbePath = "/cgi-bin/ready" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_fails_while_edges_of_other_settings_take_over_and_one_is_killed_afterwards()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        var stage = await scene.OpenAsync(First);
        await stage.Edge.EnsureRunningAsync(Cancellation);
        await scene.RouteAsync(stage, await scene.StartInstanceAsync());
        await using var users = new Users(scene.Url);
        await users.MoreAsync(Some);

        for (var seconds = 2; seconds <= 4; seconds++)
        {
            var next = await scene.OpenAsync(First with { ProbeInterval = TimeSpan.FromSeconds(seconds) });
            await next.Edge.EnsureRunningAsync(Cancellation);
            await users.MoreAsync(Some);
        }
        var faults = await users.StopAsync();
        await Eventually.HoldsAsync(async () => (await scene.RunningAsync()).Count(name => name.StartsWith("edge-", StringComparison.Ordinal)) == 1, "one edge is left");
        var serving = (await scene.RunningAsync()).Single(name => name.StartsWith("edge-", StringComparison.Ordinal));
        await scene.KillAsync(scene.Scope.Container(serving));

        Assert.Empty(faults);
        await scene.AnswersAsync();
        Assert.Equal([Scene.Release], (await (await scene.OpenAsync(First)).Edge.ObserveAsync(Cancellation))!.Backends.Select(backend => backend.Digest));
    }

    [Fact]
    public async Task A_second_run_finds_the_edge_and_starts_nothing()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        await (await scene.OpenAsync()).Edge.EnsureRunningAsync(Cancellation);
        var before = await scene.Engine.RunAsync(["ps", "--quiet", .. scene.Scope.Filters]);

        await (await scene.OpenAsync()).Edge.EnsureRunningAsync(Cancellation);

        Assert.Equal(["door", "keeper"], await scene.RunningAsync());
        Assert.Equal(before, await scene.Engine.RunAsync(["ps", "--quiet", .. scene.Scope.Filters]));
    }

    [Fact]
    public async Task An_environment_that_was_never_brought_up_has_no_edge_and_none_is_started_to_look()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());

        Assert.Null(await (await scene.OpenAsync()).Edge.ObserveAsync(Cancellation));
        Assert.Empty(await scene.RunningAsync());
    }

    [Fact]
    public async Task The_private_route_leads_to_a_side_that_users_do_not_have()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        var stage = await scene.OpenAsync(First);
        await stage.Edge.EnsureRunningAsync(Cancellation);
        var instance = await scene.StartInstanceAsync();
        await stage.Edge.ApplyAsync(new([new(Colour.Green, Scene.Release, 0, [new("web", instance)])]), new(7), Cancellation);
        var route = stage.Edge.PrivateRouteTo(Colour.Green);

        using var client = PrivateClient.To(route);

        Assert.Equal("ready\n", await client.GetStringAsync(new Uri("http://shop/cgi-bin/ready"), Cancellation));
    }

    [Fact]
    public async Task A_keeper_that_is_killed_comes_back_with_its_routes_although_another_edge_had_taken_over()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        var stage = await scene.OpenAsync(First);
        await stage.Edge.EnsureRunningAsync(Cancellation);
        await scene.RouteAsync(stage, await scene.StartInstanceAsync());
        var other = await scene.OpenAsync(First with { ProbeInterval = TimeSpan.FromSeconds(2) });
        await other.Edge.EnsureRunningAsync(Cancellation);

        await scene.KillAsync(scene.Scope.Keeper);

        await scene.AnswersAsync();
        await other.Edge.EnsureRunningAsync(Cancellation);
        Assert.Equal([Scene.Release], (await other.Edge.ObserveAsync(Cancellation))!.Backends.Select(backend => backend.Digest));
    }
}
