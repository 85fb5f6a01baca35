using Pipeline.Delivery.Releases;
using Pipeline.Engines.Tests.Docker.Parts;
using Pipeline.Testing.Docker;

namespace Pipeline.Engines.Tests.Docker.Engine;

public sealed class PruneTests(DockerStage stage)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stopped_instances_and_images_of_releases_that_nobody_keeps_go_and_the_rest_stays()
    {
        var scene = await SceneAsync();
        var (old, kept, running) = (await scene.PublishAsync("old"), await scene.PublishAsync("kept"), await scene.PublishAsync("running"));
        await scene.Engine.StartAsync(scene.Wanted("staging-blue-2", old), cancellation);
        await scene.Host.RunAsync("stop", "--time", "0", scene.Container("staging-blue-2"));
        await scene.Engine.PrepareAsync(kept, cancellation);
        await scene.Engine.StartAsync(scene.Wanted("staging-green-1", running), cancellation);
        var removed = await scene.Engine.PruneAsync(new HashSet<Digest> { kept }, cancellation);

        Assert.Equal(
            [
                $"unix://{scene.Host.Socket}: container {scene.Container("staging-blue-2")}",
                $"unix://{scene.Host.Socket}: image pipeline/{scene.Service}-staging:{old.Abbreviated}",
            ], removed);
        Assert.False(await HasAsync(scene, old));
        Assert.True(await HasAsync(scene, kept));
        Assert.True(await HasAsync(scene, running));
        Assert.True(Assert.Single(await scene.Engine.ObserveAsync(cancellation)) is { Id: "staging-green-1", Running: true });
    }

    [Fact]
    public async Task What_another_environment_or_service_on_the_host_has_is_out_of_reach()
    {
        var staging = await SceneAsync();
        var production = new EngineScene(await stage.RegistryAsync(), await stage.EngineAsync()) { Service = staging.Service, Environment = "production" };
        var other = await SceneAsync();
        var (first, second) = (await staging.PublishAsync("1"), await staging.PublishAsync("2"));
        var foreign = await other.PublishAsync("3");
        await staging.Engine.StartAsync(staging.Wanted("staging-blue-1", second), cancellation);
        await staging.Engine.PrepareAsync(first, cancellation);
        await production.Engine.StartAsync(production.Wanted("production-blue-1", first), cancellation);
        await production.Host.RunAsync("stop", "--time", "0", production.Container("production-blue-1"));
        await production.Engine.PrepareAsync(second, cancellation);
        await other.Engine.StartAsync(other.Wanted("staging-blue-1", foreign), cancellation);
        await other.Host.RunAsync("stop", "--time", "0", other.Container("staging-blue-1"));

        await staging.Engine.StopAsync("staging-blue-1", cancellation);
        var removed = await staging.Engine.PruneAsync(new HashSet<Digest>(), cancellation);

        Assert.Equal(2, removed.Count);
        Assert.All(removed, what => Assert.Contains($"image pipeline/{staging.Service}-staging:", what, StringComparison.Ordinal));
        Assert.Equal(first, Assert.Single(await production.Engine.ObserveAsync(cancellation)).Digest);
        Assert.True(await HasAsync(production, second));
        Assert.Equal(foreign, Assert.Single(await other.Engine.ObserveAsync(cancellation)).Digest);
        // Without the registry: what is there now is all that a rollback has.
        Assert.True((await production.Engine.StartAsync(production.Wanted("production-green-1", second), cancellation)).Running);
    }

    private static async Task<bool> HasAsync(EngineScene scene, Digest digest) =>
        (await scene.Host.TryAsync("image", "inspect", $"{scene.Repository}@{digest}")).ExitCode == 0;

    private async Task<EngineScene> SceneAsync() => new(await stage.RegistryAsync(), await stage.EngineAsync());
}
