using System.Text;
using Pipeline.Artifacts.Registry;
using Pipeline.Delivery.Releases;
using Pipeline.Testing.Registries;

namespace Pipeline.Registry.Tests;

/// <summary>Names that mean one image for each platform.</summary>
public sealed class PlatformTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_an_index_the_image_for_the_platform_is_taken_and_the_index_is_kept_for_the_next_time()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var builder = new Site();
        using var here = new Site();
        var (amd, arm) = (await builder.BuildAsync(version: "1.0.0"), await builder.BuildAsync(version: "2.0.0"));
        await builder.PushAsync(amd.Digest, $"{registry.Host}/base");
        await builder.PushAsync(arm.Digest, $"{registry.Host}/base");
        var index = await PutIndexAsync(registry, builder, ("arm64", arm.Digest), ("amd64", amd.Digest));
        Assert.Equal(index, await here.Client.ResolveAsync(RegistryReference.Parse($"{registry.Host}/base:both"), Cancellation));
        var pulled = await here.PullAsync($"{registry.Host}/base@{index}");
        Assert.Equal(amd.Digest, pulled.Digest);
        await here.Store.VerifyAsync(amd.Digest, Cancellation);
        Assert.Equal([amd.Digest], here.Store.List().Select(artifact => artifact.Digest));
        await registry.KillAsync();
        Assert.Equal(amd.Digest, (await here.PullAsync($"{registry.Host}/base@{index}")).Digest);
    }

    [Fact]
    public async Task Another_platform_can_be_asked_for()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var builder = new Site();
        using var here = new Site(settings => settings with { Platform = new ImagePlatform("linux", "arm64") });
        var (amd, arm) = (await builder.BuildAsync(version: "1.0.0"), await builder.BuildAsync(version: "2.0.0"));
        await builder.PushAsync(amd.Digest, $"{registry.Host}/base");
        await builder.PushAsync(arm.Digest, $"{registry.Host}/base");
        await PutIndexAsync(registry, builder, ("arm64", arm.Digest), ("amd64", amd.Digest));
        Assert.Equal(arm.Digest, (await here.PullAsync($"{registry.Host}/base:both")).Digest);
    }

    [Fact]
    public async Task An_index_without_the_platform_is_refused_with_those_it_has()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var builder = new Site();
        var arm = await builder.BuildAsync();
        await builder.PushAsync(arm.Digest, $"{registry.Host}/base");
        var index = await PutIndexAsync(registry, builder, ("arm64", arm.Digest), ("riscv64", arm.Digest));
        using var here = new Site();
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => here.PullAsync($"{registry.Host}/base:both"));
        Assert.Equal($"{registry.Host}/base:both ({index}) has no image for linux/amd64, only for linux/arm64, linux/riscv64; name one that has", refusal.Message);
    }

    private static async Task<Digest> PutIndexAsync(LoopbackRegistry registry, Site builder, params (string Architecture, Digest Digest)[] images)
    {
        const string Type = "application/vnd.oci.image.index.v1+json";
        var manifests = images.Select(image =>
            $$$"""{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{image.Digest}}}","size":{{{new FileInfo(builder.Blob(image.Digest)).Length}}},"platform":{"os":"linux","architecture":"{{{image.Architecture}}}"}}""");
        var index = $$"""{"schemaVersion":2,"mediaType":"{{Type}}","manifests":[{{string.Join(',', manifests)}}]}""";
        using var client = new HttpClient();
        using var body = new StringContent(index, Encoding.UTF8, Type);
        using var answer = await client.PutAsync(new Uri($"http://{registry.Host}/v2/base/manifests/both"), body, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return Digest.Parse(answer.Headers.GetValues("Docker-Content-Digest").Single());
    }
}
