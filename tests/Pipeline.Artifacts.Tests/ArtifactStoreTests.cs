using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Tests;

public sealed class ArtifactStoreTests
{
    [Fact]
    public async Task What_was_written_is_verified_as_it_was()
    {
        using var sample = new Sample();
        var written = await sample.WriteAsync();
        Assert.Equivalent(written, await sample.Store.VerifyAsync(written.Digest, TestContext.Current.CancellationToken), strict: true);
        Assert.Equal(("1.2.3", Sample.Commit), (written.Version, written.Commit));
    }

    [Fact]
    public async Task Several_images_lie_in_one_layout()
    {
        using var sample = new Sample();
        var first = await sample.WriteAsync("1.0.0");
        var second = await sample.WriteAsync("1.1.0");
        await sample.WriteAsync("1.0.0");
        Assert.Equal([second.Digest, first.Digest], sample.Store.List().Select(artifact => artifact.Digest));
    }

    [Fact]
    public async Task An_artifact_is_found_by_digest_by_its_beginning_and_by_version()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync("1.0.0");
        await sample.WriteAsync("1.1.0");
        Assert.All(
            [artifact.Digest.Value, artifact.Digest.Abbreviated, "sha256:" + artifact.Digest.Abbreviated, "1.0.0"],
            text => Assert.Equal(artifact.Digest, sample.Store.Find(text).Digest));
    }

    [Fact]
    public void What_is_sought_in_an_empty_store_is_built_or_copied_first()
    {
        using var sample = new Sample();
        var refusal = Assert.Throws<DeliveryException>(() => sample.Store.Find("1.0.0"));
        Assert.Equal(
            $"artifact '1.0.0' is not in {sample.StoreRoot}, which is empty; run ./build.sh --target BuildImage, or copy .pipeline/artifacts from the machine that built it",
            refusal.Message);
    }

    [Fact]
    public async Task What_is_not_there_is_answered_with_what_is()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        var refusal = Assert.Throws<DeliveryException>(() => sample.Store.Find("9.9.9"));
        Assert.Equal(
            $"artifact '9.9.9' is not in {sample.StoreRoot}; give the digest (at least 6 digits) or the version of one that is, or copy .pipeline/artifacts from the machine that built it:\n  {artifact.Digest}  1.2.3",
            refusal.Message);
    }

    [Fact]
    public async Task A_version_that_was_built_twice_differently_must_be_named_by_digest()
    {
        using var sample = new Sample();
        var first = await sample.WriteAsync();
        sample.Put("more.txt", "more");
        var second = await sample.WriteAsync();
        var refusal = Assert.Throws<DeliveryException>(() => sample.Store.Find("1.2.3"));
        Assert.Equal($"'1.2.3' means 2 artifacts; give the digest of one:\n  {second.Digest}  1.2.3\n  {first.Digest}  1.2.3", refusal.Message);
    }

    [Fact]
    public async Task A_release_carries_its_migrations_in_order_and_says_which_cannot_be_taken_back()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        var release = await sample.Store.ReadReleaseAsync(artifact.Digest, TestContext.Current.CancellationToken);
        Assert.Equal((artifact.Digest, "1.2.3", Sample.Commit), (release.Digest, release.Version, release.Commit));
        Assert.Equal(
            [
                new Migration("0001_products", Checksum("create table products (id int);\n"), BackwardCompatible: true),
                new Migration("0002_names", Checksum("-- what the old version still reads goes away\n-- pipeline: contract\nalter table products drop column name;\n"), BackwardCompatible: false),
            ],
            release.Migrations);
    }

    [Fact]
    public async Task A_directive_after_the_first_statement_is_none()
    {
        using var sample = new Sample();
        sample.Put("migrations/0001_products.sql", "select 1;\n-- pipeline: contract\n");
        var release = await sample.Store.ReadReleaseAsync((await sample.WriteAsync()).Digest, TestContext.Current.CancellationToken);
        Assert.True(release.Migrations[0].BackwardCompatible);
    }

    [Fact]
    public async Task The_store_works_after_being_copied()
    {
        using var sample = new Sample();
        using var other = new Sample();
        var artifact = await sample.WriteAsync();
        foreach (var file in Directory.GetFiles(sample.StoreRoot, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(other.StoreRoot, Path.GetRelativePath(sample.StoreRoot, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        Assert.Equal(artifact.Size, (await other.Store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken)).Size);
    }

    [Fact]
    public async Task Pruning_keeps_what_is_named_and_what_it_shares()
    {
        using var sample = new Sample();
        var kept = await sample.WriteAsync("1.0.0");
        var forgotten = await sample.WriteAsync("1.1.0");
        Assert.Equal(kept.Layers, forgotten.Layers);
        var pruned = await sample.Store.PruneAsync(new HashSet<Digest> { kept.Digest }, TestContext.Current.CancellationToken);
        Assert.Equal([forgotten.Digest], pruned.Select(artifact => artifact.Digest));
        await sample.Store.VerifyAsync(kept.Digest, TestContext.Current.CancellationToken);
        Assert.Equal(3, Directory.GetFiles(Path.Combine(sample.StoreRoot, "blobs", "sha256")).Length);
        Assert.Throws<DeliveryException>(() => sample.Store.Find("1.1.0"));
    }

    private static string Checksum(string content) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));
}
