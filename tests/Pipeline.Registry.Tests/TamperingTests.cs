using Pipeline.Artifacts.Registry;
using Pipeline.Delivery;
using Pipeline.Registry.Tests.Servers;
using Pipeline.Testing.Registries;

namespace Pipeline.Registry.Tests;

/// <summary>Bytes that are not those that the digest names never reach the store.</summary>
public sealed class TamperingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_layer_that_was_changed_in_the_registry_is_refused_by_name()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        using var there = new Site();
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        var layer = artifact.Layers[0].Digest;
        await TamperAsync(registry.Blob(layer.Value));
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => there.PullAsync($"{registry.Host}/shop@{artifact.Digest}"));
        Assert.Matches(
            $"^registry {registry.Host}, repository shop, sent bytes that hash to sha256:[0-9a-f]{{64}} instead of layer 1 of 1 of {artifact.Digest}, blob {layer}: "
            + "it was changed on its disk or on the way; nothing of it was kept. Find out who did that, and restore the registry's storage or push to another repository$", refusal.Message);
        Assert.False(refusal.IsTransient);
        Assert.Empty(there.Store.List());
        Assert.False(File.Exists(there.Blob(layer)) || File.Exists(there.Partial(layer)));
    }

    [Fact]
    public async Task A_manifest_that_was_changed_in_the_registry_is_refused_by_name()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        using var there = new Site();
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        var path = registry.Blob(artifact.Digest.Value);
        var changed = (await File.ReadAllTextAsync(path, Cancellation)).Replace("1.2.3", "1.2.4", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, changed, Cancellation);
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => there.PullAsync($"{registry.Host}/shop@{artifact.Digest}"));
        Assert.Matches($"^registry {registry.Host}, repository shop, sent a manifest that hashes to sha256:[0-9a-f]{{64}} where {artifact.Digest} was asked for: ", refusal.Message);
        Assert.Empty(there.Store.List());
    }

    [Fact]
    public async Task A_blob_that_is_missing_in_the_registry_is_named()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        using var there = new Site();
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        await registry.KillAsync();
        File.Delete(registry.Blob(artifact.Layers[0].Digest.Value));
        await registry.StartAgainAsync();
        Assert.False(await here.HasAsync(artifact.Digest, $"{registry.Host}/shop"));
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => there.PullAsync($"{registry.Host}/shop@{artifact.Digest}"));
        Assert.Equal(
            $"registry {registry.Host}, repository shop, lacks blob {artifact.Layers[0].Digest}, which a manifest there needs; push the image again from a clone that has it", refusal.Message);
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        await there.PullAsync($"{registry.Host}/shop@{artifact.Digest}");
    }

    [Fact]
    public async Task More_bytes_than_belong_to_a_blob_are_refused_as_they_come()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site();
        using var there = new Site();
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        var layer = artifact.Layers[0].Digest;
        front.Behave = async (context, pass) =>
        {
            if (!context.Request.Path.Value!.EndsWith(layer.Value, StringComparison.Ordinal))
            {
                await pass();
                return;
            }
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
        };
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => there.PullAsync($"{front.Host}/shop@{artifact.Digest}"));
        Assert.StartsWith(
            $"registry {front.Host}, repository shop, sent more than the {artifact.Layers[0].Size} bytes that belong to layer 1 of 1 of {artifact.Digest}, blob {layer}: ", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(there.Partial(layer)));
    }

    [Fact]
    public async Task Wrong_bytes_that_an_earlier_run_left_are_fetched_anew()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        using var there = new Site();
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        Directory.CreateDirectory(Path.GetDirectoryName(there.Partial(artifact.Layers[0].Digest))!);
        await File.WriteAllTextAsync(there.Partial(artifact.Layers[0].Digest), "not what the layer begins with", Cancellation);
        await there.PullAsync($"{registry.Host}/shop@{artifact.Digest}");
        await there.Store.VerifyAsync(artifact.Digest, Cancellation);
    }

    [Fact]
    public async Task A_full_disk_is_named_and_nothing_fills_it()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        using var there = new Site();
        var artifact = await here.BuildAsync(size: 3_000_000);
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        await using var small = await SmallDisk.MountAsync(there.StoreRoot);
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => there.PullAsync($"{registry.Host}/shop@{artifact.Digest}"));
        Assert.StartsWith($"pulling {registry.Host}/shop@{artifact.Digest}: the disk of {there.StoreRoot} is full (No space left on device", refusal.Message, StringComparison.Ordinal);
        Assert.False(refusal.IsTransient);
        Assert.Empty(there.Store.List());
        Assert.False(File.Exists(there.Partial(artifact.Layers[0].Digest)));
    }

    private static async Task TamperAsync(string path)
    {
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Cancellation);
    }
}
