using Pipeline.Artifacts.Provenance;
using Pipeline.Artifacts.Sbom;
using Pipeline.Artifacts.Signing;
using Pipeline.Artifacts.Verifying;
using Pipeline.Testing.Registries;

namespace Pipeline.Registry.Tests;

/// <summary>What was sealed where it was built is sound where it was fetched, for whoever trusts the key, and for nobody else.</summary>
public sealed class SealedImageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_word_of_who_built_an_image_travels_with_it()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        using var there = new Site();
        var artifact = await here.BuildAsync();
        var key = SigningKey.Make();
        await here.Store.AttachAsync(artifact.Digest, await BillOfMaterials.ListAsync(here.Store, artifact.Digest, assetsFile: null, Cancellation), Cancellation);
        await BuildProvenance.SealAsync(here.Store, artifact.Digest, Build(artifact.Commit), key, Cancellation);
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");

        await there.PullWithAttachmentsAsync($"{registry.Host}/shop@{artifact.Digest}");
        var trusted = await new ArtifactInspection(there.Store, new([new(key.PublicKey, "given")], "trust it")).InspectAsync(artifact.Digest, Cancellation);
        Assert.Equal("", trusted.Describe());
        var stranger = await new ArtifactInspection(there.Store, new([], "trust it")).InspectAsync(artifact.Digest, Cancellation);
        Assert.Equal($"signature: the provenance is signed by key {key.PublicKey}, which is not trusted: no key is trusted; trust it", stranger.Describe());
        Assert.Equal(key.PublicKey, Assert.Single(await BuildProvenance.ReadOfferedKeysAsync(there.Store, artifact.Digest, Cancellation)));
    }

    private static BuildRecord Build(string commit) => new()
    {
        BuilderId = "urn:pipeline:builder:test",
        BuildType = "urn:pipeline:build:test:1",
        ExternalParameters = new Dictionary<string, string>(),
        Materials = [new(null, Material.GitCommit, commit)],
        InvocationId = "1",
        SealedAt = DateTimeOffset.UnixEpoch,
    };
}
