using System.Text;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Instances;
using Pipeline.Engines.Tests.Docker.Parts;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.Engines.Tests.Docker.Engine;

/// <summary>What a host itself asks instances.</summary>
public sealed class HealthTests(DockerStage stage)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instance_is_asked_for_its_health_with_what_its_image_has()
    {
        var scene = new EngineScene(await stage.RegistryAsync(), await stage.EngineAsync());
        await scene.Engine.StartAsync(scene.Wanted("staging-blue-1", await scene.PublishAsync("1")), cancellation);
        Assert.Equal("starting", await HealthAsync(scene));

        await Eventually.HoldsAsync(async () => await HealthAsync(scene) == "healthy", "its host finds it healthy", TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task An_instance_of_an_image_with_nothing_to_ask_with_says_so()
    {
        var scene = new EngineScene(await stage.RegistryAsync(), await stage.EngineAsync());
        var bare = await PublishAsync(scene, "FROM small:health AS small", "FROM scratch", "COPY --from=small /bin/busybox /busybox", "USER 10001:10001", "ENTRYPOINT [\"/busybox\", \"sleep\", \"1000\"]");
        await scene.Engine.StartAsync(scene.Wanted("staging-blue-1", bare), cancellation);

        Assert.Equal("not asked: its image has neither a health check nor curl, wget or bash", await HealthAsync(scene));
    }

    [Fact]
    public async Task An_image_that_brings_a_health_check_keeps_it()
    {
        var scene = new EngineScene(await stage.RegistryAsync(), await stage.EngineAsync());
        var own = await PublishAsync(scene, "FROM small:health", "HEALTHCHECK CMD [\"id\"]");
        await scene.Engine.StartAsync(scene.Wanted("staging-blue-1", own), cancellation);

        Assert.Equal("[\"CMD\",\"id\"]", (await scene.Host.RunAsync("inspect", "--format", "{{json .Config.Healthcheck.Test}}", scene.Container("staging-blue-1"))).Trim());
    }

    [Fact]
    public async Task A_host_that_cannot_look_into_an_image_is_a_fault_and_no_image_with_nothing_to_ask_with()
    {
        var scene = new EngineScene(await stage.RegistryAsync(), await stage.EngineAsync());
        var health = new InstanceHealth(new DockerCli(scene.Settings.Hosts[0], TimeProvider.System), scene.Settings);

        var fault = await Assert.ThrowsAsync<DockerException>(() => health.FindAsync("nobody:none", cancellation));

        Assert.StartsWith($"unix://{scene.Host.Socket}: looking for what nobody:none can be asked with: ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(DockerFault.NotFound, fault.Fault);
        await SmallImage.MakeAsync(scene.Host, "nobody:none", "none");
        Assert.NotNull(await health.FindAsync("nobody:none", cancellation));
        await scene.Host.RunAsync("image", "rm", "nobody:none");
    }

    private async Task<string?> HealthAsync(EngineScene scene) => Assert.Single(await scene.Engine.ObserveAsync(cancellation)).Health;

    private async Task<Digest> PublishAsync(EngineScene scene, params string[] dockerfile)
    {
        await SmallImage.MakeAsync(scene.Host, "small:health", "health");
        var name = $"{scene.Repository}:{Guid.NewGuid():N}";
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', dockerfile)));
        await Command.RunWithInputAsync("docker", ["--host", $"unix://{scene.Host.Socket}", "build", "--quiet", "--tag", name, "-"], text);
        return Digest.Parse((await scene.Host.RunAsync("push", name)).Split("digest: ")[1].Split(' ')[0]);
    }
}
