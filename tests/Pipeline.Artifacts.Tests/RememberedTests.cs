using Pipeline.Artifacts.Unpacking;
using Pipeline.Delivery;
using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests;

/// <summary>What was hashed in one run is not hashed again in the next, as long as the kernel says that nobody has touched it.</summary>
public sealed class RememberedTests
{
    [Fact]
    public async Task The_next_run_refuses_what_was_changed_since()
    {
        using var sample = new Sample();
        var artifact = await WriteAndVerifyAsync(sample);
        await ChangeAsync(sample.Blob(artifact.Layers[0].Digest));

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => new ArtifactStore(sample.StoreRoot).VerifyAsync(artifact.Digest, Cancellation));
        Assert.Contains("was changed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_without_a_writer_is_found_where_everything_is_doubted()
    {
        Needs.That(OperatingSystem.IsLinux(), "only Linux says when a file was touched");
        using var sample = new Sample();
        var artifact = await WriteAndVerifyAsync(sample);
        var blob = sample.Blob(artifact.Layers[0].Digest);
        var before = Mark(blob);
        await ChangeAsync(blob);
        await Eventually.HoldsAsync(() => VerifiedApplication.Mark([blob], TimeProvider.System.GetUtcNow()) is not null, "the layer to be older than a moment");
        // A disk that forgets says nothing of it: the mark that is remembered is that of the file as it is now.
        var record = Path.Combine(sample.StoreRoot, "verified.json");
        var text = await File.ReadAllTextAsync(record, Cancellation);
        Assert.Contains(before, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(record, text.Replace(before, Mark(blob), StringComparison.Ordinal), Cancellation);

        var store = new ArtifactStore(sample.StoreRoot);
        await store.VerifyAsync(artifact.Digest, Cancellation);
        store.DoubtEverything();
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => store.VerifyAsync(artifact.Digest, Cancellation));
        Assert.Contains("was changed", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"sha256:short\":{}}")]
    public async Task A_damaged_memory_is_none(string content)
    {
        using var sample = new Sample();
        var artifact = await WriteAndVerifyAsync(sample);
        foreach (var file in Directory.GetFiles(sample.StoreRoot, "*.json", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "index.json"))
            await File.WriteAllTextAsync(file, content, Cancellation);

        var release = await new ArtifactStore(sample.StoreRoot).ReadReleaseAsync(artifact.Digest, Cancellation);
        Assert.Equal(["0001_products", "0002_names"], release.Migrations.Select(migration => migration.Id));
    }

    [Fact]
    public async Task Nothing_is_remembered_of_an_artifact_that_is_gone()
    {
        using var sample = new Sample();
        var artifact = await WriteAndVerifyAsync(sample);
        Assert.Contains(Directory.GetFiles(Path.Combine(sample.StoreRoot, "trees")), file => Path.GetFileName(file) == $"{artifact.Digest.Hex}.json");
        await sample.Store.PruneAsync(new HashSet<Delivery.Releases.Digest>(), Cancellation);
        Assert.Empty(Directory.GetFiles(Path.Combine(sample.StoreRoot, "trees")));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<Artifact> WriteAndVerifyAsync(Sample sample)
    {
        var artifact = await sample.WriteAsync();
        if (OperatingSystem.IsLinux())
            await Eventually.HoldsAsync(() => VerifiedApplication.Mark([sample.Blob(artifact.Layers[0].Digest)], TimeProvider.System.GetUtcNow()) is not null, "the layer to be older than a moment");
        await sample.Store.VerifyAsync(artifact.Digest, Cancellation);
        return artifact;
    }

    private static async Task ChangeAsync(string blob)
    {
        var bytes = await File.ReadAllBytesAsync(blob, Cancellation);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(blob, bytes, Cancellation);
    }

    /// <summary>As it is written in the record.</summary>
    private static string Mark(string blob) =>
        Files.FileMark.Of(blob) is { } mark ? $"\"ChangedNanoseconds\":{mark.ChangedNanoseconds},\"ChangedSeconds\":{mark.ChangedSeconds}" : throw new InvalidOperationException(blob);
}
