using Pipeline.Delivery;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Engines.Docker;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Tests.Docker.Parts;
using Pipeline.Testing.Docker;

namespace Pipeline.Engines.Tests.Docker.Engine;

public sealed class SeveralHostsTests(DockerStage stage)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instances_are_spread_in_turn_and_the_first_host_reaches_them_all()
    {
        var (one, two) = (await stage.EngineAsync(), await stage.SecondEngineAsync());
        var scene = new EngineScene(await stage.RegistryAsync(), one, two);
        await scene.KeepAsync();
        var digest = await scene.PublishAsync("1");
        var engine = scene.Engine;
        var instances = await Task.WhenAll(Enumerable.Range(1, 3).Select(number =>
            engine.StartAsync(scene.Wanted($"staging-blue-{number}", digest, ("NAME", $"{number}"), ("PAYMENT_KEY", "secret")), cancellation)));
        var names = new List<string>();
        foreach (var instance in instances)
            names.Add((await scene.AskAsync(instance))["NAME"]);

        Assert.Equal(["1", "2", "3"], names);
        Assert.Equal(two.Address, instances[1].Address.Host);
        Assert.Equal("10.87", string.Join('.', instances[2].Address.Host.Split('.').Take(2)));
        Assert.Equal(instances, await scene.Engine.ObserveAsync(cancellation));
        Assert.Equal("secret", await two.RunAsync("exec", scene.Container("staging-blue-2"), "sh", "-c", "cat $PAYMENT_KEY_FILE"));
    }

    [Fact]
    public async Task An_instance_on_another_host_keeps_its_port_over_its_restart_and_gives_way_where_the_port_is_taken()
    {
        var (one, two) = (await stage.EngineAsync(), await stage.SecondEngineAsync());
        var scene = new EngineScene(await stage.RegistryAsync(), one, two);
        var digest = await scene.PublishAsync("1");
        var before = await scene.Engine.StartAsync(scene.Wanted("staging-blue-2", digest), cancellation);
        await two.RunAsync("restart", scene.Container("staging-blue-2"));
        await scene.AskAsync(before);
        await two.RunAsync("rm", "--force", scene.Container("staging-blue-2"));
        await two.RunAsync("run", "--detach", "--name", $"{scene.Service}-thief", "--publish", $"{before.Address.Port}:8080", $"{scene.Repository}@{digest}");
        var after = await scene.Engine.StartAsync(scene.Wanted("staging-blue-2", digest), cancellation);
        await two.RunAsync("rm", "--force", $"{scene.Service}-thief");

        Assert.NotEqual(before.Address.Port, after.Address.Port);
        await scene.AskAsync(after);
    }

    [Fact]
    public async Task A_host_that_cannot_be_seen_is_named_and_what_the_others_show_is_still_told()
    {
        var (one, two) = (await stage.EngineAsync(), await stage.StartEngineAsync(new()));
        var scene = new EngineScene(await stage.RegistryAsync(), one, two);
        var digest = await scene.PublishAsync("1");
        var first = await scene.Engine.StartAsync(scene.Wanted("staging-blue-1", digest), cancellation);
        await scene.Engine.StartAsync(scene.Wanted("staging-blue-2", digest), cancellation);
        await two.StopAsync();
        var seen = await Assert.ThrowsAsync<PartlyObservedException>(() => scene.Engine.ObserveAsync(cancellation));
        var started = await Assert.ThrowsAsync<DeliveryException>(() => scene.Engine.StartAsync(scene.Wanted("staging-blue-2", digest), cancellation));
        var stopped = await Assert.ThrowsAsync<DeliveryException>(() => scene.Engine.StopAsync("staging-blue-1", cancellation));
        var prepared = await Assert.ThrowsAsync<DeliveryException>(() => scene.Engine.PrepareAsync(digest, cancellation));

        Assert.Equal(first with { Health = null }, Assert.Single(seen.Seen) with { Health = null });
        Assert.Matches($"^staging: host unix://{two.Socket}: .*; start the engine there, or correct the host$", seen.Message.ReplaceLineEndings(" "));
        Assert.All([started, stopped, prepared], fault => Assert.StartsWith($"staging: host unix://{two.Socket}: ", fault.Message, StringComparison.Ordinal));
        Assert.Equal("", await one.RunAsync("ps", "--all", "--quiet", "--filter", $"name={scene.Container("staging-blue-1")}"));
    }

    [Fact]
    public async Task Without_a_host_that_is_away_its_instances_get_a_place_on_the_others_and_give_it_back_afterwards()
    {
        var (one, two) = (await stage.EngineAsync(), await stage.StartEngineAsync(new() { LiveRestore = true }));
        var scene = new EngineScene(await stage.RegistryAsync(), one, two);
        var digest = await scene.PublishAsync("1");
        InstanceSpecification[] wanted = [scene.Wanted("staging-blue-1", digest), scene.Wanted("staging-blue-2", digest, ("NAME", "two"))];
        foreach (var instance in wanted)
            await scene.Engine.StartAsync(instance, cancellation);
        Assert.Empty((await scene.Engine.ReachAsync(cancellation)).LeftOut);
        await two.KillAsync();
        var (reached, leftOut) = await scene.Engine.ReachAsync(cancellation);
        var first = await reached.StartAsync(wanted[0], cancellation);
        var moved = await reached.StartAsync(wanted[1], cancellation);
        var seen = await reached.ObserveAsync(cancellation);

        Assert.Matches($"^host unix://{two.Socket}: .*; start the engine there, or correct the host$", Assert.Single(leftOut).ReplaceLineEndings(" "));
        // Their health may have been found in between.
        Assert.Equal([first with { Health = null }, moved with { Health = null }], seen.Select(instance => instance with { Health = null }));
        Assert.Equal("two", (await scene.AskAsync(moved))["NAME"]);
        Assert.Equal(["small two starts"], await scene.Engine.ReadLogAsync("staging-blue-2", 1, cancellation));
        await two.StartAsync();
        var back = await scene.Engine.StartAsync(wanted[1], cancellation);
        Assert.Equal(two.Address, back.Address.Host);
        Assert.Equal(2, (await scene.Engine.ObserveAsync(cancellation)).Count);
    }

    [Fact]
    public async Task A_context_without_an_address_cannot_take_instances_that_the_edge_must_reach()
    {
        var (one, two) = (await stage.EngineAsync(), await stage.SecondEngineAsync());
        var scene = new EngineScene(await stage.RegistryAsync(), one);
        var context = $"pipeline-test-{Guid.NewGuid():N}";
        await Command.RunAsync("docker", "context", "create", context, "--docker", $"host=unix://{two.Socket}");
        var engine = new DockerEngine(scene.Settings with { Hosts = [.. DockerHosts.Parse(one.Endpoint, "--staging-host"), .. DockerHosts.Parse(context, "--staging-host")] }, TimeProvider.System);
        var digest = await scene.PublishAsync("1");
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => engine.StartAsync(scene.Wanted("staging-blue-2", digest), cancellation));
        await Command.RunAsync("docker", "context", "rm", context);

        Assert.Equal($"staging: {context}: nothing says by which IP address its published ports are reached; write {context}?address=… with the address of the host", fault.Message);
    }
}
