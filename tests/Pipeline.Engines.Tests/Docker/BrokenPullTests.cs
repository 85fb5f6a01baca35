using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Docker.Images;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Images;
using Pipeline.Testing.Docker.Registries;

namespace Pipeline.Engines.Tests.Docker;

/// <summary>A registry that dies while an engine fetches from it, wherever the transfer was by then: an engine has other words for every part of an image.</summary>
public sealed class BrokenPullTests(DockerStage stage)
{
    private const int InTheLayer = 100_000;
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_place_where_a_transfer_breaks_off_is_told_as_the_registrys_and_a_later_pull_succeeds()
    {
        var engine = await stage.StartEngineAsync(new() { DownloadAttempts = 1 });
        var registry = await stage.StartRegistryAsync();
        var release = Digest.Parse(await SmallImage.PublishAsync(engine, registry, "broken", "1"));
        var docker = new DockerCli(DockerHosts.Parse(engine.Endpoint, "--staging-host").Single(), TimeProvider.System);
        await using var door = new BreakingDoor(registry);
        var images = new RegistryImages($"{door.Address}/broken");

        // Less than the greeting, within the manifest, within the configuration, within the layer.
        foreach (var bytes in (int[])[0, 200, 600, 1000, 1500, 2000, 2500, InTheLayer])
        {
            door.BreakAfter(bytes);
            var fault = await Assert.ThrowsAsync<DockerException>(() => images.EnsureAsync(docker, release, cancellation));

            Assert.True(door.IsBroken, fault.Message);
            Assert.True(fault.Fault == DockerFault.RegistryUnreachable, $"after {bytes} bytes: {fault.Message}");
            Assert.True(fault.IsTransient);
            await door.MendAsync();
        }
        Assert.Equal($"{door.Address}/broken@{release}", await images.EnsureAsync(docker, release, cancellation));
    }

    [Fact]
    public async Task A_registry_whose_name_the_host_does_not_find_is_told_as_the_registrys_with_its_own_remedy()
    {
        var engine = await stage.EngineAsync();
        var docker = new DockerCli(DockerHosts.Parse(engine.Endpoint, "--staging-host").Single(), TimeProvider.System);
        // No name server is asked for a part of a name that is longer than names may be: it is found nowhere at once.
        var name = $"{new string('n', 64)}.example";

        var fault = await Assert.ThrowsAsync<DockerException>(() => new RegistryImages($"{name}/shop").EnsureAsync(docker, Digest.Parse($"sha256:{new string('a', 64)}"), cancellation));

        Assert.Equal(DockerFault.RegistryUnreachable, fault.Fault);
        Assert.Contains($"lookup {name}", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("no such host; correct the registry's name, or let the host ask a name server that knows it", fault.Message, StringComparison.Ordinal);
    }
}
