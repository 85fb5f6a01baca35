using System.Text.Json;
using Pipeline.Artifacts.Registry;
using Pipeline.Testing;
using Pipeline.Testing.Registries;

namespace Pipeline.Registry.Tests;

/// <summary>Skopeo, which others wrote, reads what is pushed here, and what it pushes is read here.</summary>
public sealed class ForeignToolTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Skopeo_reads_what_is_pushed_here()
    {
        var skopeo = Needs.Program("skopeo");
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        using var other = new Site();
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/team/shop", new PushSettings { Tag = "1.2.3" });
        using var inspected = JsonDocument.Parse(await Command.RunAsync(skopeo, "inspect", "--tls-verify=false", $"docker://{registry.Host}/team/shop:1.2.3"));
        Assert.Equal(artifact.Digest.Value, inspected.RootElement.GetProperty("Digest").GetString());
        await Command.RunAsync(
            skopeo, "copy", "--insecure-policy", "--src-tls-verify=false", "--preserve-digests", $"docker://{registry.Host}/team/shop@{artifact.Digest}", $"oci:{other.StoreRoot}:copied");
        await other.Store.VerifyAsync(artifact.Digest, Cancellation);
    }

    [Fact]
    public async Task What_skopeo_pushes_is_read_here()
    {
        var skopeo = Needs.Program("skopeo");
        await using var registry = await LoopbackRegistry.StartAsync();
        using var other = new Site();
        using var here = new Site();
        var artifact = await other.BuildAsync();
        await Command.RunAsync(
            skopeo, "copy", "--insecure-policy", "--dest-tls-verify=false", "--preserve-digests", $"oci:{other.StoreRoot}:1.2.3", $"docker://{registry.Host}/shop:1.2.3");
        Assert.Equal(artifact.Digest, (await here.PullAsync($"{registry.Host}/shop:1.2.3")).Digest);
        Assert.Equivalent(artifact, await here.Store.VerifyAsync(artifact.Digest, Cancellation), strict: true);
    }

    [Fact]
    public async Task An_image_in_Dockers_own_format_is_read_here_too()
    {
        var skopeo = Needs.Program("skopeo");
        await using var registry = await LoopbackRegistry.StartAsync();
        using var other = new Site();
        using var here = new Site();
        await other.BuildAsync();
        await Command.RunAsync(
            skopeo, "copy", "--insecure-policy", "--dest-tls-verify=false", "--format", "v2s2", $"oci:{other.StoreRoot}:1.2.3", $"docker://{registry.Host}/shop:docker");
        var pulled = await here.PullAsync($"{registry.Host}/shop:docker");
        Assert.Contains("vnd.docker.distribution.manifest.v2+json", await File.ReadAllTextAsync(here.Blob(pulled.Digest), Cancellation), StringComparison.Ordinal);
    }
}
