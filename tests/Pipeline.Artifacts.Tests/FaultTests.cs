using Pipeline.Delivery;
using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests;

/// <summary>Killed writers, many writers, full disks.</summary>
public sealed class FaultTests
{
    private static readonly string Writer = Path.Combine(AppContext.BaseDirectory, "Pipeline.Artifacts.Writer.dll");

    [Fact]
    public async Task A_writer_killed_at_any_moment_leaves_a_valid_layout()
    {
        var dotnet = Needs.Program("dotnet");
        using var sample = new Sample();
        sample.Put("large.bin", new string('x', 4_000_000));
        for (var round = 0; round < 12; round++)
        {
            using var process = Command.Start(dotnet, Writer, sample.StoreRoot, sample.Application, $"{round * 1000}", "1000");
            // The first line says that it is writing; after a few more milliseconds it may be anywhere.
            await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            await Task.Delay(round * 5, TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await AssertWholeAsync(sample);
        }
        var artifact = await sample.WriteAsync();
        Assert.Equal(artifact.Digest, sample.Store.Find("1.2.3").Digest);
        Assert.False(Directory.Exists(Path.Combine(sample.StoreRoot, ".unfinished")));
    }

    [Fact]
    public async Task Writers_in_several_processes_do_not_lose_each_others_images()
    {
        var dotnet = Needs.Program("dotnet");
        using var sample = new Sample();
        await Task.WhenAll(
            Command.RunAsync(dotnet, Writer, sample.StoreRoot, sample.Application, "0", "15"),
            Command.RunAsync(dotnet, Writer, sample.StoreRoot, sample.Application, "100", "15"),
            WriteManyAsync(sample));
        await AssertWholeAsync(sample);
        Assert.Equal(45, sample.Store.List().Count);
    }

    [Fact]
    public async Task A_full_disk_is_named_and_nothing_of_the_image_is_visible()
    {
        using var sample = new Sample();
        await using var small = await SmallDisk.MountAsync(sample.StoreRoot);
        var before = await sample.WriteAsync("1.0.0");
        sample.Put("large.bin", new string('x', 3_000_000));
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sample.WriteAsync("1.1.0"));
        Assert.StartsWith($"artifact sample 1.1.0: the disk of {sample.StoreRoot} is full (No space left on device", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Nothing of it was kept; free space there, or set PIPELINE_HOME to a folder on another disk, and run again", refusal.Message, StringComparison.Ordinal);
        Assert.Equal([before.Digest], sample.Store.List().Select(artifact => artifact.Digest));
        await AssertWholeAsync(sample);
        Assert.Equal(3, Directory.GetFiles(Path.Combine(sample.StoreRoot, "blobs", "sha256")).Length);
    }

    [Fact]
    public async Task A_full_disk_leaves_nothing_half_unpacked()
    {
        using var sample = new Sample();
        sample.Put("large.bin", new string('x', 3_000_000));
        var artifact = await sample.WriteAsync();
        await using var small = await SmallDisk.MountAsync(sample.CacheRoot);
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sample.Cache.UnpackAsync(artifact.Digest, TestContext.Current.CancellationToken));
        Assert.StartsWith($"unpacking artifact {artifact.Digest}: the disk of {sample.CacheRoot} is full (No space left on device", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(sample.CacheRoot));
    }

    [Fact]
    public async Task A_cancelled_write_leaves_nothing()
    {
        using var sample = new Sample();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sample.Store.WriteAsync(sample.Image(), cancelled.Token));
        Assert.Empty(sample.Store.List());
    }

    private static async Task WriteManyAsync(Sample sample)
    {
        for (var number = 200; number < 215; number++)
            await sample.WriteAsync($"1.0.{number}");
    }

    private static async Task AssertWholeAsync(Sample sample)
    {
        var store = new ArtifactStore(sample.StoreRoot);
        Assert.NotEmpty(store.List());
        foreach (var artifact in store.List())
            await store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken);
    }
}
