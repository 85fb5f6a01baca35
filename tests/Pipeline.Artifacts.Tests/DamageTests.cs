using Pipeline.Artifacts.Unpacking;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;
using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests;

public sealed class DamageTests
{
    private const string Remedy =
        "build it again from the same commit with ./build.sh --target BuildImage --force BuildImage, or copy .pipeline/artifacts anew from the machine that built it";

    [Theory]
    [InlineData("manifest")]
    [InlineData("configuration")]
    [InlineData("layer 1 of 1")]
    public async Task A_changed_blob_is_refused_by_name_wherever_the_artifact_is_used(string role)
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        var blob = BlobOf(sample, artifact, role);
        var bytes = await File.ReadAllBytesAsync(sample.Blob(blob), TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(sample.Blob(blob), bytes, TestContext.Current.CancellationToken);
        var actual = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        await AssertRefusedAsync(
            sample, artifact, $"artifact {artifact.Digest}: its {role}, blob {blob}, was changed: its bytes hash to sha256:{actual} ({sample.Blob(blob)}); {Remedy}");
    }

    [Theory]
    [InlineData("manifest")]
    [InlineData("configuration")]
    [InlineData("layer 1 of 1")]
    public async Task A_missing_blob_is_refused_by_name_wherever_the_artifact_is_used(string role)
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        var blob = BlobOf(sample, artifact, role);
        File.Delete(sample.Blob(blob));
        await AssertRefusedAsync(sample, artifact, $"artifact {artifact.Digest}: its {role}, blob {blob}, is missing ({sample.Blob(blob)}); {Remedy}");
    }

    [Fact]
    public async Task A_layer_that_is_changed_after_it_was_verified_is_refused_though_its_size_and_time_stay()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        var blob = sample.Blob(artifact.Layers[0].Digest);
        if (OperatingSystem.IsLinux())
            await Eventually.HoldsAsync(() => VerifiedApplication.Mark([blob], TimeProvider.System.GetUtcNow()) is not null, "the layer to be older than a moment");
        foreach (var _ in new[] { "reads", "knows" })
            await sample.Store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken);
        var (bytes, time) = (await File.ReadAllBytesAsync(blob, TestContext.Current.CancellationToken), File.GetLastWriteTimeUtc(blob));
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(blob, bytes, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(blob, time);
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sample.Store.ReadReleaseAsync(artifact.Digest, TestContext.Current.CancellationToken));
        Assert.Contains($"blob {artifact.Layers[0].Digest}, was changed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_damaged_blob_is_named_at_once_with_its_size()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        var (configuration, layer) = (BlobOf(sample, artifact, "configuration"), artifact.Layers[0]);
        File.Delete(sample.Blob(configuration));
        await File.WriteAllTextAsync(sample.Blob(layer.Digest), "short", TestContext.Current.CancellationToken);
        await AssertRefusedAsync(
            sample,
            artifact,
            $"artifact {artifact.Digest}: its configuration, blob {configuration}, is missing ({sample.Blob(configuration)}); {Remedy}\n"
            + $"artifact {artifact.Digest}: its layer 1 of 1, blob {layer.Digest}, has 5 bytes instead of {layer.Size} ({sample.Blob(layer.Digest)}); {Remedy}");
    }

    [Fact]
    public async Task Building_again_heals_a_damaged_artifact()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        await File.WriteAllTextAsync(sample.Blob(artifact.Layers[0].Digest), "short", TestContext.Current.CancellationToken);
        Assert.Equal(artifact.Digest, (await sample.WriteAsync()).Digest);
        await sample.Store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_damaged_artifact_does_not_hide_the_others()
    {
        using var sample = new Sample();
        var damaged = await sample.WriteAsync("1.0.0");
        var whole = await sample.WriteAsync("1.1.0");
        File.Delete(sample.Blob(damaged.Digest));
        Assert.Equal(2, sample.Store.List().Count);
        await sample.Store.VerifyAsync(sample.Store.Find("1.1.0").Digest, TestContext.Current.CancellationToken);
        Assert.Equal(whole.Digest, sample.Store.Find("1.1.0").Digest);
    }

    [Fact]
    public async Task A_damaged_index_is_named()
    {
        using var sample = new Sample();
        await sample.WriteAsync();
        var index = Path.Combine(sample.StoreRoot, "index.json");
        await File.WriteAllTextAsync(index, "{", TestContext.Current.CancellationToken);
        var refusal = Assert.Throws<DeliveryException>(() => sample.Store.List());
        Assert.StartsWith($"{index} is damaged: ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("Copy .pipeline/artifacts anew, or delete the folder and run BuildImage again", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layout_of_another_version_is_left_alone()
    {
        using var sample = new Sample();
        Directory.CreateDirectory(sample.StoreRoot);
        var layout = Path.Combine(sample.StoreRoot, "oci-layout");
        await File.WriteAllTextAsync(layout, """{"imageLayoutVersion":"2.0.0"}""", TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sample.WriteAsync());
        Assert.Equal($"{layout} says image layout version '2.0.0', and only 1.0.0 is understood; move the folder away and run BuildImage again", refusal.Message);
    }

    private static async Task AssertRefusedAsync(Sample sample, Artifact artifact, string message)
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var use in new Func<Task>[]
        {
            () => sample.Store.VerifyAsync(artifact.Digest, cancellation),
            () => sample.Store.ReadReleaseAsync(artifact.Digest, cancellation),
            () => sample.Cache.UnpackAsync(artifact.Digest, cancellation),
        })
        {
            Assert.Equal(message, (await Assert.ThrowsAsync<DeliveryException>(use)).Message);
        }
    }

    private static Digest BlobOf(Sample sample, Artifact artifact, string role) => role switch
    {
        "manifest" => artifact.Digest,
        "configuration" => Directory.GetFiles(Path.Combine(sample.StoreRoot, "blobs", "sha256"))
            .Select(path => Digest.Parse("sha256:" + Path.GetFileName(path)))
            .Single(digest => digest != artifact.Digest && digest != artifact.Layers[0].Digest),
        _ => artifact.Layers[0].Digest,
    };
}
