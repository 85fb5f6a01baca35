using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Artifacts.Registry;
using Pipeline.Registry.Tests.Servers;
using Pipeline.Testing.Registries;

namespace Pipeline.Registry.Tests;

/// <summary>What is said of an image, its SBOM and its provenance, travels with it.</summary>
public sealed class AttachmentTests
{
    private const string Sbom = "application/vnd.cyclonedx+json";
    private const string Provenance = "application/vnd.in-toto+json";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attachments_travel_through_a_registry_that_has_no_list_of_referrers()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await AssertTravelAsync(registry.Host);
    }

    [Fact]
    public async Task Attachments_travel_through_a_registry_that_lists_referrers_page_by_page()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        var referrers = new ReferrersList();
        front.Behave = referrers.AnswerAsync;
        await AssertTravelAsync(front.Host);
        using var client = new HttpClient();
        using var tags = await client.GetAsync(new Uri($"http://{registry.Host}/v2/shop/tags/list"), Cancellation);
        Assert.DoesNotContain("sha256-", await tags.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_whose_new_attachment_is_not_there_yet_is_pushed_again()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        await here.AttachAsync(artifact.Digest, Sbom, "{}");
        Assert.False(await here.HasAsync(artifact.Digest, $"{registry.Host}/shop"));
        var pushed = await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        Assert.Single(pushed.Attachments);
        Assert.True(await here.HasAsync(artifact.Digest, $"{registry.Host}/shop"));
    }

    [Fact]
    public async Task Attachments_of_two_clones_at_the_same_time_are_both_kept()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var builder = new Site();
        var artifact = await builder.BuildAsync();
        await builder.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        using var one = new Site();
        using var two = new Site();
        foreach (var (site, document) in new[] { (one, "{\"by\":1}"), (two, "{\"by\":2}") })
        {
            await site.PullAsync($"{registry.Host}/shop@{artifact.Digest}");
            await site.AttachAsync(artifact.Digest, Sbom, document);
        }
        await Task.WhenAll(one.PushAsync(artifact.Digest, $"{registry.Host}/shop"), two.PushAsync(artifact.Digest, $"{registry.Host}/shop"));
        Assert.True(await one.HasAsync(artifact.Digest, $"{registry.Host}/shop"));
        Assert.True(await two.HasAsync(artifact.Digest, $"{registry.Host}/shop"));
    }

    [Fact]
    public async Task An_attachment_that_the_registry_lists_for_an_image_that_it_does_not_refer_to_is_refused()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        var referrers = new ReferrersList();
        front.Behave = referrers.AnswerAsync;
        using var here = new Site();
        using var there = new Site();
        var (good, bad) = (await here.BuildAsync(version: "1.0.0"), await here.BuildAsync(version: "2.0.0"));
        var attachment = await here.AttachAsync(bad.Digest, Sbom, "{}");
        await here.PushAsync(bad.Digest, $"{front.Host}/shop");
        await here.PushAsync(good.Digest, $"{front.Host}/shop");
        referrers.Swap(bad.Digest.Value, good.Digest.Value);
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => there.PullWithAttachmentsAsync($"{front.Host}/shop@{good.Digest}"));
        Assert.Equal(
            $"registry {front.Host}, repository shop, says that {attachment.Digest} refers to {good.Digest}, and it does not; find out who wrote that list, and push the image again", refusal.Message);
        Assert.Empty(there.Store.List());
    }

    private static async Task AssertTravelAsync(string host)
    {
        using var here = new Site();
        using var there = new Site();
        var artifact = await here.BuildAsync();
        var sbom = await here.AttachAsync(artifact.Digest, Sbom, """{"bomFormat":"CycloneDX"}""");
        var provenance = await here.AttachAsync(artifact.Digest, Provenance, """{"payload":""}""");
        var pushed = await here.PushAsync(artifact.Digest, $"{host}/shop");
        Assert.Equal([sbom.Digest, provenance.Digest], pushed.Attachments);
        Assert.True(await here.HasAsync(artifact.Digest, $"{host}/shop"));
        var pulled = await there.PullWithAttachmentsAsync($"{host}/shop@{artifact.Digest}");
        Assert.Equal([sbom.Digest, provenance.Digest], pulled.Attachments);
        var listed = await there.Store.ListReferrersAsync(artifact.Digest, Cancellation);
        Assert.Equivalent(new[] { sbom, provenance }, listed, strict: true);
        Assert.Equal("""{"bomFormat":"CycloneDX"}"""u8.ToArray(), await there.Store.ReadAttachmentAsync(listed[0], Cancellation));
        Assert.Equal([artifact.Digest], there.Store.List().Select(each => each.Digest));
    }

    /// <summary>What a registry of the specification's version 1.1 does besides: it takes note of subjects and lists what refers to them, here one a page.</summary>
    private sealed class ReferrersList
    {
        private readonly List<(string Subject, JsonElement Entry)> entries = [];

        public void Swap(string from, string to)
        {
            for (var entry = 0; entry < entries.Count; entry++)
                entries[entry] = entries[entry].Subject == from ? (to, entries[entry].Entry) : entries[entry];
        }

        public async Task AnswerAsync(HttpContext context, Func<Task> pass)
        {
            var path = context.Request.Path.Value!;
            if (path.Contains("/referrers/", StringComparison.Ordinal))
            {
                await ListAsync(context, path);
                return;
            }
            if (context.Request.Method == "PUT" && path.Contains("/manifests/", StringComparison.Ordinal))
                await NoteAsync(context);
            await pass();
        }

        private async Task ListAsync(HttpContext context, string path)
        {
            var subject = path[(path.LastIndexOf('/') + 1)..];
            var all = entries.Where(entry => entry.Subject == subject).Select(entry => entry.Entry).ToArray();
            var page = int.Parse(context.Request.Query["page"].FirstOrDefault() ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            if (page + 1 < all.Length)
                context.Response.Headers.Link = $"<{path}?page={page + 1}>; rel=\"next\"";
            await context.Response.WriteAsJsonAsync(
                new { schemaVersion = 2, mediaType = "application/vnd.oci.image.index.v1+json", manifests = all.Skip(page).Take(1) }, options: null, "application/vnd.oci.image.index.v1+json", context.RequestAborted);
        }

        private async Task NoteAsync(HttpContext context)
        {
            using var bytes = new MemoryStream();
            await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
            context.Request.Body = new MemoryStream(bytes.ToArray());
            using var manifest = JsonDocument.Parse(bytes.ToArray());
            if (!manifest.RootElement.TryGetProperty("subject", out var subject))
                return;
            var digest = subject.GetProperty("digest").GetString()!;
            context.Response.Headers["OCI-Subject"] = digest;
            entries.Add((digest, JsonSerializer.SerializeToElement(new
            {
                mediaType = manifest.RootElement.GetProperty("mediaType").GetString(),
                digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))}",
                size = bytes.Length,
                artifactType = manifest.RootElement.GetProperty("artifactType").GetString(),
            })));
        }
    }
}
