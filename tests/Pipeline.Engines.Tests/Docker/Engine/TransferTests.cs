using System.Text.Json;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker;
using Pipeline.Engines.Docker.Images;
using Pipeline.Engines.Tests.Docker.Parts;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.Engines.Tests.Docker.Engine;

public sealed class TransferTests(DockerStage stage)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_that_the_registry_does_not_have_is_named()
    {
        var scene = new EngineScene(await stage.RegistryAsync(), await stage.EngineAsync());
        await scene.PublishAsync("1");
        var digest = Digest.Parse("sha256:" + new string('a', 64));
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => scene.Engine.PrepareAsync(digest, cancellation));

        Assert.StartsWith($"staging: host unix://{scene.Host.Socket}: pulling {scene.Repository}@{digest}: ", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("; push the release to the registry first", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_that_was_tampered_with_in_the_registry_is_refused()
    {
        var registry = await stage.StartRegistryAsync();
        var scene = new EngineScene(registry, await stage.EngineAsync());
        var digest = await scene.PublishAsync("tampered");
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(registry.Blob(digest.Value), cancellation));
        var layer = registry.Blob(manifest.RootElement.GetProperty("layers")[0].GetProperty("digest").GetString()!);
        var bytes = await File.ReadAllBytesAsync(layer, cancellation);
        bytes[^9] ^= 1;
        await File.WriteAllBytesAsync(layer, bytes, cancellation);
        await scene.Host.EmptyImageAsync(scene.Service);
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => scene.Engine.PrepareAsync(digest, cancellation));

        Assert.StartsWith($"staging: host unix://{scene.Host.Socket}: pulling {scene.Repository}@{digest}: ", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("; a blob in the registry's storage was changed: delete it there, then run again from a machine that has the release, which sends it anew", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_is_down_is_named_and_what_the_host_has_already_starts_without_it()
    {
        var registry = await stage.StartRegistryAsync();
        var scene = new EngineScene(registry, await stage.EngineAsync());
        var (here, elsewhere) = (await scene.PublishAsync("1"), await scene.PublishAsync("2"));
        await scene.Engine.PrepareAsync(here, cancellation);
        await registry.StopAsync();
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => scene.Engine.PrepareAsync(elsewhere, cancellation));

        Assert.True(fault.IsTransient);
        Assert.EndsWith("; start the registry, or open the host's way to it", fault.Message, StringComparison.Ordinal);
        Assert.True((await scene.Engine.StartAsync(scene.Wanted("staging-blue-1", here), cancellation)).Running);
        await registry.StartAsync();
        await scene.Engine.PrepareAsync(elsewhere, cancellation);
    }

    [Fact]
    public async Task A_full_disk_is_named_and_nothing_is_left_of_the_pull()
    {
        var registry = await stage.RegistryAsync();
        var small = await stage.StartEngineAsync(new() { DiskMegabytes = 6 });
        var maker = new EngineScene(registry, await stage.EngineAsync());
        var scene = new EngineScene(registry, small) { Service = maker.Service };
        var digest = await maker.PublishAsync(Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4 << 20)));
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => scene.Engine.PrepareAsync(digest, cancellation));

        Assert.StartsWith($"staging: host unix://{small.Socket}: pulling {scene.Repository}@{digest}: ", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("; free space on the host's disk with --target Prune, then run again", fault.Message, StringComparison.Ordinal);
        Assert.Equal("", await small.RunAsync("image", "ls", "--quiet"));
    }

    [Fact]
    public async Task Without_a_registry_this_machine_sends_the_image_itself()
    {
        var scene = new EngineScene(await stage.RegistryAsync(), await stage.EngineAsync());
        var archives = new SavedImage(await stage.EngineAsync(), "saved:test");
        var other = await stage.SecondEngineAsync();
        var settings = new EngineScene(await stage.RegistryAsync(), other).Settings with { Images = new LoadedImages(archives) };
        var digest = Digest.Parse("sha256:" + new string('b', 64));
        await SmallImage.MakeAsync(scene.Host, "saved:test", $"{Guid.NewGuid()}");
        var engine = new DockerEngine(settings, TimeProvider.System);
        await engine.PrepareAsync(digest, cancellation);
        var started = await engine.StartAsync(scene.Wanted("staging-blue-1", digest), cancellation);
        await engine.PrepareAsync(digest, cancellation);

        Assert.Equal(digest, started.Digest);
        Assert.Equal(1, archives.Sent);
        Assert.Equal(await archives.ReadImageIdAsync(digest, cancellation), (await other.RunAsync("inspect", "--format", "{{.Image}}", settings.Scope.Container("staging-blue-1"))).Trim());
    }

    [Fact]
    public async Task An_instance_whose_label_names_another_release_than_its_image_is_seen_by_its_image()
    {
        var engine = await stage.EngineAsync();
        var (archives, settings) = (new SavedImage(engine, "labelled:test"), new EngineScene(await stage.RegistryAsync(), engine).Settings);
        var digest = Digest.Parse("sha256:" + new string('c', 64));
        await SmallImage.MakeAsync(engine, "labelled:test", $"{Guid.NewGuid()}");
        var scene = new EngineScene(await stage.RegistryAsync(), engine);
        var running = await archives.ReadImageIdAsync(digest, cancellation);
        await new DockerEngine(settings with { Images = new LoadedImages(archives) }, TimeProvider.System).StartAsync(scene.Wanted("staging-blue-1", digest), cancellation);
        await SmallImage.MakeAsync(engine, "labelled:test", $"{Guid.NewGuid()}");

        var seen = Assert.Single(await new DockerEngine(settings with { Images = new LoadedImages(archives) }, TimeProvider.System).ObserveAsync(cancellation));

        Assert.Equal(running, seen.Digest.Value);
    }

    [Fact]
    public async Task A_host_that_vanishes_while_a_release_is_sent_to_it_ends_the_sending()
    {
        var engine = await stage.SecondEngineAsync();
        var archives = new EndlessImage();
        var settings = new EngineScene(await stage.RegistryAsync(), engine).Settings with { Images = new LoadedImages(archives) { SendTimeout = TimeSpan.FromSeconds(3) } };

        var fault = await Assert.ThrowsAsync<DeliveryException>(() => new DockerEngine(settings, TimeProvider.System).PrepareAsync(Digest.Parse("sha256:" + new string('d', 64)), cancellation));

        Assert.Equal($"staging: host unix://{engine.Socket}: sending release dddddddddddd: no answer within 3 s; look whether the engine there is alive, then run again", fault.Message);
        Assert.True(fault.IsTransient);
    }

    /// <summary>An image of which bytes come for ever: to whoever sends it, a host that reads none any more looks the same.</summary>
    private sealed class EndlessImage : IImageArchives
    {
        public Task<string> ReadImageIdAsync(Digest release, CancellationToken stop) => Task.FromResult("sha256:" + new string('e', 64));

        public async Task WriteAsync(Digest release, Stream archive, CancellationToken stop)
        {
            await using var content = new System.Formats.Tar.TarWriter(archive, leaveOpen: true);
            await content.WriteEntryAsync(new System.Formats.Tar.UstarTarEntry(System.Formats.Tar.TarEntryType.Directory, "layer"), stop);
            await archive.FlushAsync(stop);
            await Task.Delay(Timeout.Infinite, stop);
        }
    }

    /// <summary>The image of one engine, saved as this machine's artifact would be.</summary>
    private sealed class SavedImage(Pipeline.Testing.Docker.Engines.TestEngine engine, string name) : IImageArchives
    {
        public int Sent { get; private set; }

        public async Task<string> ReadImageIdAsync(Digest release, CancellationToken stop) => (await engine.RunAsync("image", "inspect", "--format", "{{.Id}}", name)).Trim();

        public async Task WriteAsync(Digest release, Stream archive, CancellationToken stop)
        {
            using var folder = new TemporaryDirectory();
            await engine.RunAsync("save", "--output", folder.Combine("image.tar"), name);
            await using var content = File.OpenRead(folder.Combine("image.tar"));
            await content.CopyToAsync(archive, stop);
            Sent++;
        }
    }
}
