using Pipeline.Delivery;
using Pipeline.Relay.Targets;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.Containers.Tests;

public sealed class StageTests(DockerStage docker, StageImages images)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_environment_forgets_another_on_the_same_host_keeps()
    {
        var engine = await docker.EngineAsync();
        await using var staging = new Scene(images, engine);
        await using var production = new Scene(images, engine) { Service = staging.Service, Environment = "production" };
        await using var other = new Scene(images, engine);
        var stage = await staging.OpenAsync();
        foreach (var each in (EnvironmentStage[])[stage, await production.OpenAsync(), await other.OpenAsync()])
            await each.Edge.EnsureRunningAsync(Cancellation);
        var volumes = await VolumesAsync(production);

        await stage.RemoveEverythingAsync(Cancellation);

        Assert.Empty(await staging.RunningAsync());
        Assert.Equal("", await VolumesAsync(staging));
        Assert.Equal("", await staging.Engine.RunAsync(["network", "ls", "--quiet", .. staging.Scope.Filters]));
        Assert.Equal(["door", "keeper"], await production.RunningAsync());
        Assert.Equal(["door", "keeper"], await other.RunningAsync());
        Assert.Equal(volumes, await VolumesAsync(production));
    }

    [Fact]
    public async Task Containers_are_hardened_and_run_as_nobody_in_particular()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        var stage = await scene.OpenAsync();
        await stage.Edge.EnsureRunningAsync(Cancellation);
        using var database = await scene.DatabaseAsync(stage);
        await database.EnsureRunningAsync(Cancellation);
        await (await scene.SandboxAsync(stage)).EnsureRunningAsync(Cancellation);

        const string format = "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.CapAdd}} {{.HostConfig.SecurityOpt}}";
        var lines = await scene.Engine.RunAsync(["inspect", "--format", format, scene.Scope.Container("door"), scene.Scope.Keeper, scene.Scope.Container("postgres"), scene.Scope.Container("sandbox")]);

        Assert.Equal(
            ["10001:10001 true [ALL] [] [no-new-privileges]", "10001:10001 true [ALL] [] [no-new-privileges]", "999:999 true [ALL] [] [no-new-privileges]", "10001:10001 true [ALL] [] [no-new-privileges]"],
            lines.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_sandbox_is_reached_from_the_network_and_its_inbox_from_its_host_alone()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        var stage = await scene.OpenAsync();
        var places = await (await scene.SandboxAsync(stage)).EnsureRunningAsync(Cancellation);

        await using var payments = await ConnectAsync(stage, places.Payments.Host, places.Payments.Port);
        await using var mail = await ConnectAsync(stage, places.MailHost, places.MailPort);

        Assert.NotNull(payments);
        Assert.NotNull(mail);
        Assert.Contains("127.0.0.1:", await scene.Engine.RunAsync("port", scene.Scope.Container("sandbox")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_of_somebody_else_with_a_name_that_is_needed_is_named_and_left_alone()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        await SmallImage.MakeAsync(scene.Engine, "small:test", "small");
        await scene.Engine.RunAsync("run", "--detach", "--name", scene.Scope.Keeper, "small:test");
        var stage = await scene.OpenAsync();

        var fault = await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.Edge.EnsureRunningAsync(Cancellation));

        Assert.Contains($"container {scene.Scope.Keeper} is not of {scene.Scope}", fault.Message, StringComparison.Ordinal);
        Assert.Equal("true", (await scene.Engine.RunAsync("inspect", "--format", "{{.State.Running}}", scene.Scope.Keeper)).Trim());
    }

    [Fact]
    public async Task What_runs_needs_no_image_unless_an_edge_is_to_be_brought_up_to_date()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        var made = await scene.OpenAsync();
        await made.Edge.EnsureRunningAsync(Cancellation);
        await (await scene.SandboxAsync(made)).EnsureRunningAsync(Cancellation);
        var before = await scene.RunningAsync();

        var found = await scene.OpenWithoutImageAsync();
        await found.KeepAllAsync(Cancellation);
        await found.Edge.KeepRunningAsync(Cancellation);
        var upgrading = await Assert.ThrowsAnyAsync<DeliveryException>(() => found.Edge.EnsureRunningAsync(Cancellation));

        Assert.Equal(NoImage.Message, upgrading.Message);
        Assert.Equal(before, await scene.RunningAsync());
        Assert.NotNull(await found.Edge.ObserveAsync(Cancellation));
    }

    [Fact]
    public async Task An_image_that_cannot_be_had_is_asked_for_before_anything_is_removed()
    {
        await using var scene = new Scene(images, await docker.EngineAsync());
        await (await scene.OpenAsync()).Edge.EnsureRunningAsync(Cancellation);
        var before = await scene.RunningAsync();
        scene.Entrance = Entrance.Published;

        var elsewhere = await scene.OpenWithoutImageAsync();
        await Assert.ThrowsAnyAsync<DeliveryException>(() => elsewhere.KeepAsync(Cancellation));

        Assert.Equal(before, await scene.RunningAsync());
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_named()
    {
        var engine = await docker.EngineAsync();
        await using var scene = new Scene(images, engine);
        var settings = await scene.SettingsAsync() with { Hosts = Engines.Docker.Hosts.DockerHosts.Parse("unix:///run/nobody.sock", "--staging-host") };
        await using var stage = new EnvironmentStage(settings, TimeProvider.System);

        var bringing = await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.KeepAsync(Cancellation));
        var looking = await Assert.ThrowsAnyAsync<DeliveryException>(() => stage.Edge.ObserveAsync(Cancellation));

        Assert.StartsWith("unix:///run/nobody.sock: ", bringing.Message, StringComparison.Ordinal);
        Assert.StartsWith("unix:///run/nobody.sock: ", looking.Message, StringComparison.Ordinal);
    }

    private static async Task<Stream?> ConnectAsync(EnvironmentStage stage, string host, int port)
    {
        Stream? connection = null;
        await Eventually.HoldsAsync(async () => (connection = await stage.Tunnel.TryConnectAsync(RelayTarget.ToTcp(host, port), Cancellation)) is not null, $"{host}:{port} answers");
        return connection;
    }

    private static Task<string> VolumesAsync(Scene scene) => scene.Engine.RunAsync(["volume", "ls", "--quiet", .. scene.Scope.Filters]);
}
