using Pipeline.Artifacts.Registry;
using Pipeline.Delivery.Releases;
using Pipeline.Testing.Registries;

namespace Pipeline.Registry.Tests;

public sealed class RoundTripTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_clone_pushes_another_pulls_by_digest()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        using var there = new Site();
        var artifact = await here.BuildAsync();
        var pushed = await here.PushAsync(artifact.Digest, $"{registry.Host}/team/shop");
        Assert.Equal($"{registry.Host}/team/shop@{artifact.Digest}", pushed.Reference.ToString());
        Assert.Equal(2, pushed.BlobsSent);
        var pulled = await there.PullAsync(pushed.Reference.ToString());
        Assert.Equal(artifact.Digest, pulled.Digest);
        Assert.Equal(pushed.Sent, pulled.Received);
        Assert.Equivalent(artifact, await there.Store.VerifyAsync(artifact.Digest, Cancellation), strict: true);
        Assert.Equal(artifact.Digest, there.Store.Find("1.2.3").Digest);
        Assert.Empty(Directory.GetFiles(Path.Combine(there.StoreRoot, ".partial")));
    }

    [Fact]
    public async Task A_second_push_and_a_second_pull_move_nothing()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        var artifact = await here.BuildAsync();
        Assert.False(await here.HasAsync(artifact.Digest, $"{registry.Host}/shop"));
        var first = await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        Assert.True(await here.HasAsync(artifact.Digest, $"{registry.Host}/shop"));
        var second = await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        Assert.Equal((0, 2, 0), (second.BlobsSent, second.BlobsFound, second.Sent));
        await registry.KillAsync();
        var pulled = await here.PullAsync(first.Reference.ToString());
        Assert.Equal(0, pulled.Received);
    }

    [Fact]
    public async Task A_blob_that_was_damaged_in_the_store_is_pulled_anew()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        var artifact = await here.BuildAsync();
        var pushed = await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        await File.WriteAllTextAsync(here.Blob(artifact.Layers[0].Digest), "somebody wrote here", Cancellation);
        var pulled = await here.PullAsync(pushed.Reference.ToString());
        Assert.Equal(artifact.Layers[0].Size, pulled.Received);
        await here.Store.VerifyAsync(artifact.Digest, Cancellation);
    }

    [Fact]
    public async Task A_damaged_image_is_not_pushed()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        var artifact = await here.BuildAsync();
        await File.AppendAllTextAsync(here.Blob(artifact.Layers[0].Digest), "!", Cancellation);
        var refusal = await Assert.ThrowsAsync<Delivery.DeliveryException>(() => here.PushAsync(artifact.Digest, $"{registry.Host}/shop"));
        Assert.StartsWith($"artifact {artifact.Digest}: its blob to be pushed, blob {artifact.Layers[0].Digest}, has ", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await here.Client.ResolveAsync(RegistryReference.Parse($"{registry.Host}/shop@{artifact.Digest}"), Cancellation));
    }

    [Fact]
    public async Task An_image_can_have_a_tag_besides_and_the_tag_can_move()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        using var there = new Site();
        var first = await here.BuildAsync(version: "1.0.0");
        var second = await here.BuildAsync(version: "2.0.0");
        await here.PushAsync(first.Digest, $"{registry.Host}/shop", new PushSettings { Tag = "latest" });
        await here.PushAsync(second.Digest, $"{registry.Host}/shop", new PushSettings { Tag = "latest" });
        Assert.Equal(second.Digest, await here.Client.ResolveAsync(RegistryReference.Parse($"{registry.Host}/shop:latest"), Cancellation));
        Assert.Equal(second.Digest, (await there.PullAsync($"{registry.Host}/shop:latest")).Digest);
        Assert.False(await here.Client.HasAsync(
            here.Store, first.Digest, RegistryRepository.Parse($"{registry.Host}/shop"), new PushSettings { Tag = "latest" }, Cancellation));
    }

    [Fact]
    public async Task A_large_blob_travels_in_pieces()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site(settings => settings with { PieceSize = 300_000 });
        using var there = new Site();
        var artifact = await here.BuildAsync(size: 2_000_000);
        var pushed = await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        Assert.Equal(6, registry.Log.Split('\n').Count(line => line.Contains("http.request.method=PATCH", StringComparison.Ordinal) && line.Contains("response completed", StringComparison.Ordinal)));
        await there.PullAsync(pushed.Reference.ToString());
        await there.Store.VerifyAsync(artifact.Digest, Cancellation);
    }

    [Fact]
    public async Task Blobs_that_another_repository_has_are_taken_from_there()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/one");
        var pushed = await here.PushAsync(artifact.Digest, $"{registry.Host}/two", new PushSettings { MountFrom = ["never/was", "one"] });
        Assert.Equal((0, 2, 0), (pushed.BlobsSent, pushed.BlobsMounted, pushed.BlobsFound));
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_named_with_the_remedy()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        var digest = Digest.Parse($"sha256:{new string('a', 64)}");
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => here.PullAsync($"{registry.Host}/shop@{digest}"));
        Assert.Equal(
            $"registry {registry.Host}, repository shop, has no image {digest}; push it with ./build.sh --target PushImage --registry {registry.Host}/shop where it was built, or check the name",
            refusal.Message);
    }
}
