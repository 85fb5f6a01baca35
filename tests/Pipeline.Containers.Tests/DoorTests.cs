using Pipeline.Delivery;
using Pipeline.Delivery.Environments;
using Pipeline.Edge.Control;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.Containers.Tests;

public sealed class DoorTests(DockerStage docker, StageImages images)
{
    private const int Some = 300;
    private static readonly EdgeSettings Settings = new() { ProbePath = "/cgi-bin/ready" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_is_refused_while_the_engine_is_stopped_killed_and_started_anew()
    {
        await using var scene = new Scene(images, await docker.StartEngineAsync(new() { LiveRestore = true }));
        await ServeAsync(scene);
        await using var users = new Users(scene.Url);
        await users.MoreAsync(Some);

        await scene.Engine.StopAsync();
        await users.MoreAsync(Some);
        await scene.Engine.StartAsync();
        await users.MoreAsync(Some);
        await scene.Engine.KillAsync();
        await users.MoreAsync(Some);
        await scene.Engine.StartAsync();
        await users.MoreAsync(Some);

        Assert.Empty(await users.StopAsync());
    }

    [Fact]
    public async Task No_request_fails_while_the_engine_of_another_host_with_instances_is_started_anew()
    {
        var other = await docker.StartEngineAsync(new() { LiveRestore = true });
        await using var scene = new Scene(images, await docker.EngineAsync());
        var stage = await scene.OpenAsync(Settings);
        await stage.Edge.EnsureRunningAsync(Cancellation);
        var (here, there) = (await scene.StartInstanceAsync(), new Uri($"http://{other.Address}:{scene.Port}"));
        await SmallImage.MakeAsync(other, "small:test", "small");
        await other.RunAsync("run", "--detach", "--publish", $"{other.Address}:{scene.Port}:8080", "small:test");
        await stage.Edge.ApplyAsync(new([new(Colour.Blue, Scene.Release, 100, [new("here", here), new("there", there)])]), new(7), Cancellation);
        await scene.AnswersAsync();
        await using var users = new Users(scene.Url);
        await users.MoreAsync(Some);

        await other.StopAsync();
        await users.MoreAsync(Some);
        await other.StartAsync();
        await users.MoreAsync(Some);

        Assert.Empty(await users.StopAsync());
        await Eventually.HoldsAsync(
            async () => (await stage.Edge.ObserveAsync(Cancellation))!.Backends[0].Destinations.All(destination => destination.Healthy), "both instances are asked again");
    }

    [Fact]
    public async Task Users_are_served_again_after_an_engine_that_ends_its_containers_has_started_them_in_whatever_order()
    {
        await using var scene = new Scene(images, await docker.StartEngineAsync(new()));
        await ServeAsync(scene);
        await scene.Engine.RunAsync("update", "--restart", "unless-stopped", scene.Scope.Container("web"));

        await scene.Engine.StopAsync();
        await scene.Engine.StartAsync();

        await scene.AnswersAsync();
    }

    [Fact]
    public async Task Nobody_is_refused_when_the_door_is_killed_and_the_next_one_has_the_same_port()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        await ServeAsync(scene);
        await using var users = new Users(scene.Url);
        await users.MoreAsync(Some);

        for (var time = 1; time <= 2; time++)
        {
            await scene.KillAsync(scene.Scope.Container("door"));
            await scene.RestartedAsync(scene.Scope.Container("door"), time);
            await users.MoreAsync(Some);
        }
        var other = await scene.OpenAsync(Settings with { ProbeInterval = TimeSpan.FromSeconds(2) });
        await other.Edge.EnsureRunningAsync(Cancellation);
        await users.MoreAsync(Some);

        Assert.Empty(await users.StopAsync());
    }

    [Fact]
    public async Task Who_comes_while_the_edge_is_killed_waits_and_is_answered_by_the_next()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        await ServeAsync(scene);
        var other = await scene.OpenAsync(Settings with { ProbeInterval = TimeSpan.FromSeconds(2) });
        await other.Edge.EnsureRunningAsync(Cancellation);
        await Eventually.HoldsAsync(async () => (await scene.RunningAsync()).Count(name => name.StartsWith("edge-", StringComparison.Ordinal)) == 1, "one edge serves");
        var serving = (await scene.RunningAsync()).Single(name => name.StartsWith("edge-", StringComparison.Ordinal));

        await scene.KillAsync(scene.Scope.Container(serving));
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        using var answer = await client.GetAsync(new Uri(scene.Url, "/cgi-bin/ready"), Cancellation);

        Assert.True(answer.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData(Entrance.Door)]
    [InlineData(Entrance.Published)]
    public async Task A_port_that_is_taken_is_named_and_nothing_half_done_is_left(Entrance entrance)
    {
        await using var scene = new Scene(images, await docker.EngineAsync()) { Entrance = entrance };
        await SmallImage.MakeAsync(scene.Engine, "small:test", "small");
        await scene.Engine.RunAsync("run", "--detach", "--publish", $"{scene.Engine.Address}:{scene.Port}:8080", "small:test");
        var stage = await scene.OpenAsync();

        var fault = await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.Edge.EnsureRunningAsync(Cancellation));

        Assert.Contains(entrance == Entrance.Published ? $"{scene.Port}" :
            $"container {scene.Scope.Container("door")} does not open port {scene.Port} for {scene.Scope}: edge: --listen {scene.Engine.Address}:{scene.Port}: "
                + "Address already in use; stop what listens there or choose another address", fault.Message, StringComparison.Ordinal);
        Assert.Empty(await scene.RunningAsync());
        Assert.Equal("", await scene.Engine.RunAsync(["ps", "--all", "--quiet", .. scene.Scope.Filters]));
    }

    [Fact]
    public async Task An_environment_moves_from_a_published_port_to_a_door_and_back_and_keeps_its_routes()
    {
        await using var scene = new Scene(images, await docker.EngineAsync()) { Entrance = Entrance.Published };
        await ServeAsync(scene);
        var other = await scene.OpenAsync(Settings with { ProbeInterval = TimeSpan.FromSeconds(2) });
        await other.Edge.EnsureRunningAsync(Cancellation);
        await scene.AnswersAsync();

        scene.Entrance = null;
        await (await scene.OpenAsync(Settings)).Edge.EnsureRunningAsync(Cancellation);
        await scene.AnswersAsync();
        Assert.Equal(["door", "keeper", "web"], await scene.RunningAsync());
        Assert.Equal("", (await scene.Engine.RunAsync("port", scene.Scope.Keeper)).Trim());

        scene.Entrance = Entrance.Published;
        await (await scene.OpenAsync(Settings)).Edge.EnsureRunningAsync(Cancellation);
        await scene.AnswersAsync();
        Assert.Equal(["keeper", "web"], await scene.RunningAsync());
    }

    [Fact]
    public async Task A_door_that_is_wanted_elsewhere_moves()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        await ServeAsync(scene);

        await using var elsewhere = new EnvironmentStage(await scene.SettingsAsync() with { PublishedOn = "0.0.0.0", Edge = Settings }, TimeProvider.System);
        await elsewhere.Edge.EnsureRunningAsync(Cancellation);

        await scene.AnswersAsync();
        Assert.Contains("--listen 0.0.0.0:", await scene.Engine.RunAsync("inspect", "--format", "{{join .Config.Cmd \" \"}}", scene.Scope.Container("door")), StringComparison.Ordinal);
    }

    private static async Task ServeAsync(Scene scene)
    {
        var stage = await scene.OpenAsync(Settings);
        await stage.Edge.EnsureRunningAsync(Cancellation);
        await scene.RouteAsync(stage, await scene.StartInstanceAsync());
        await scene.AnswersAsync();
    }
}
