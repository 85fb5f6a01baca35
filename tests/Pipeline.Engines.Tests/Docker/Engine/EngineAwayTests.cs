using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Engines.Tests.Docker.Parts;
using Pipeline.Testing.Docker;

namespace Pipeline.Engines.Tests.Docker.Engine;

public sealed class EngineAwayTests(DockerStage stage)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instances_answer_at_their_addresses_while_a_killed_engine_is_away_and_are_the_same_after()
    {
        var engine = await stage.StartEngineAsync(new() { LiveRestore = true });
        var scene = new EngineScene(await stage.RegistryAsync(), engine);
        await scene.KeepAsync();
        var digest = await scene.PublishAsync("1");
        var wanted = scene.Wanted("staging-blue-1", digest, ("PAYMENT_KEY", "secret"));
        var before = await scene.Engine.StartAsync(wanted, cancellation);
        var file = (await scene.AskAsync(before))["PAYMENT_KEY_FILE"];
        await engine.KillAsync();
        await scene.AskAsync(before);
        await Assert.ThrowsAsync<PartlyObservedException>(() => scene.Engine.ObserveAsync(cancellation));
        await engine.StartAsync();

        Assert.Equal(before, Assert.Single(await scene.Engine.ObserveAsync(cancellation)));
        Assert.Equal(before, await scene.Engine.StartAsync(wanted, cancellation));
        Assert.Equal("secret", await engine.RunAsync("exec", scene.Container("staging-blue-1"), "cat", file));
    }

    [Fact]
    public async Task After_the_host_was_started_anew_the_next_run_gives_instances_their_secrets_again()
    {
        var engine = await stage.StartEngineAsync(new());
        var scene = new EngineScene(await stage.RegistryAsync(), engine);
        await scene.KeepAsync();
        var wanted = scene.Wanted("staging-blue-1", await scene.PublishAsync("1"), ("PAYMENT_KEY", "secret"));
        var before = await scene.Engine.StartAsync(wanted, cancellation);
        var file = (await scene.AskAsync(before))["PAYMENT_KEY_FILE"];
        await engine.StopAsync();
        await engine.StartAsync();
        Instance? back = null;
        await Eventually.HoldsAsync(async () => (back = (await scene.Engine.ObserveAsync(cancellation)).Single()).Running, "the instance came back");
        Assert.NotEqual(0, (await engine.TryAsync("exec", scene.Container("staging-blue-1"), "cat", file)).ExitCode);

        await scene.KeepAsync();
        var after = await scene.Engine.StartAsync(wanted, cancellation);
        Assert.Equal(before.Address, after.Address);
        Assert.Equal("secret", await engine.RunAsync("exec", scene.Container("staging-blue-1"), "cat", file));
    }
}
