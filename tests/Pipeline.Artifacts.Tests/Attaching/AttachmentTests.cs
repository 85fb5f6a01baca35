using System.Text.Json;
using Pipeline.Artifacts.Attaching;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;
using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests.Attaching;

public sealed class AttachmentTests
{
    private const string Note = "application/vnd.example.note";

    [Fact]
    public async Task What_was_attached_is_listed_and_read_back()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        var attached = await AttachAsync(sample, artifact.Digest, "hello");
        var listed = Assert.Single(await sample.Store.ListReferrersAsync(artifact.Digest, TestContext.Current.CancellationToken));
        Assert.Equivalent(attached, listed, strict: true);
        Assert.Equal("hello", System.Text.Encoding.UTF8.GetString(await sample.Store.ReadAttachmentAsync(listed, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task An_attachment_changes_neither_the_artifact_nor_the_list_of_artifacts()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        await AttachAsync(sample, artifact.Digest, "hello");
        Assert.Equivalent(artifact, await sample.Store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken), strict: true);
        Assert.Equal([artifact.Digest], sample.Store.List().Select(each => each.Digest));
    }

    [Fact]
    public async Task An_attachment_survives_the_artifact_being_built_again()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        await AttachAsync(sample, artifact.Digest, "hello");
        await sample.WriteAsync();
        Assert.Single(await sample.Store.ListReferrersAsync(artifact.Digest, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Attaching_the_same_kind_again_replaces_it_but_not_what_another_key_signed()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        await AttachAsync(sample, artifact.Digest, "by ci", key: "ci");
        await AttachAsync(sample, artifact.Digest, "by me", key: "me");
        await AttachAsync(sample, artifact.Digest, "by me again", key: "me");
        var texts = new List<string>();
        foreach (var attachment in await sample.Store.ListReferrersAsync(artifact.Digest, TestContext.Current.CancellationToken))
            texts.Add(System.Text.Encoding.UTF8.GetString(await sample.Store.ReadAttachmentAsync(attachment, TestContext.Current.CancellationToken)));
        Assert.Equal(["by ci", "by me again"], texts);
    }

    [Fact]
    public async Task Pruning_keeps_the_attachments_of_what_is_kept_and_drops_the_others()
    {
        using var sample = new Sample();
        var kept = await sample.WriteAsync("1.0.0");
        var dropped = await sample.WriteAsync("1.1.0");
        await AttachAsync(sample, kept.Digest, "of the kept");
        var orphan = await AttachAsync(sample, dropped.Digest, "of the dropped");
        await sample.Store.PruneAsync(new HashSet<Digest> { kept.Digest }, TestContext.Current.CancellationToken);
        var listed = Assert.Single(await sample.Store.ListReferrersAsync(kept.Digest, TestContext.Current.CancellationToken));
        Assert.Equal("of the kept", System.Text.Encoding.UTF8.GetString(await sample.Store.ReadAttachmentAsync(listed, TestContext.Current.CancellationToken)));
        Assert.Empty(await sample.Store.ListReferrersAsync(dropped.Digest, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(sample.Blob(orphan.Digest)));
    }

    [Fact]
    public async Task A_changed_document_is_refused_by_name()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        var attached = await AttachAsync(sample, artifact.Digest, "hello");
        var document = LayerOf(sample, attached.Digest);
        await File.WriteAllTextAsync(sample.Blob(document), "hallo", TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sample.Store.ReadAttachmentAsync(attached, TestContext.Current.CancellationToken));
        Assert.StartsWith($"artifact {attached.Digest}: its {Note} document, blob {document}, was changed: its bytes hash to sha256:", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attachment_cannot_be_given_to_another_artifact()
    {
        using var sample = new Sample();
        var first = await sample.WriteAsync("1.0.0");
        var second = await sample.WriteAsync("1.1.0");
        var attached = await AttachAsync(sample, first.Digest, "hello");
        var refusal = await Assert.ThrowsAsync<DeliveryException>(
            () => sample.Store.ReadAttachmentAsync(attached with { Subject = second.Digest }, TestContext.Current.CancellationToken));
        Assert.Equal($"attachment {attached.Digest} ({Note}) belongs to {first.Digest} and not to {second.Digest}; attach it anew", refusal.Message);
    }

    [Fact]
    public async Task Nothing_is_attached_to_what_is_not_here()
    {
        using var sample = new Sample();
        await sample.WriteAsync();
        var absent = Digest.Parse("sha256:" + new string('0', 64));
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => AttachAsync(sample, absent, "hello"));
        Assert.StartsWith($"artifact '{absent}' is not in {sample.StoreRoot}; ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skopeo_still_reads_the_image_and_its_attachment()
    {
        Needs.Program("skopeo");
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        var attached = await AttachAsync(sample, artifact.Digest, "hello");
        using var image = JsonDocument.Parse(await Command.RunAsync("skopeo", "inspect", "--raw", $"oci:{sample.StoreRoot}:1.2.3"));
        Assert.Equal(1, image.RootElement.GetProperty("layers").GetArrayLength());
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(sample.Blob(attached.Digest), TestContext.Current.CancellationToken));
        Assert.Equal(artifact.Digest.Value, manifest.RootElement.GetProperty("subject").GetProperty("digest").GetString());
        Assert.Equal("application/vnd.oci.empty.v1+json", manifest.RootElement.GetProperty("config").GetProperty("mediaType").GetString());
        Assert.Equal("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", manifest.RootElement.GetProperty("config").GetProperty("digest").GetString());
    }

    [Fact]
    public async Task What_another_tool_attached_is_found_by_its_subject()
    {
        using var sample = new Sample();
        var artifact = await sample.WriteAsync();
        await AttachAsync(sample, artifact.Digest, "hello");
        var index = Path.Combine(sample.StoreRoot, "index.json");
        var text = await File.ReadAllTextAsync(index, TestContext.Current.CancellationToken);
        var note = $"\"annotations\":{{\"pipeline.subject\":\"{artifact.Digest}\"}},";
        Assert.Contains(note, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(index, text.Replace(note, "", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Single(await sample.Store.ListReferrersAsync(artifact.Digest, TestContext.Current.CancellationToken));
    }

    private static Task<Attachment> AttachAsync(Sample sample, Digest subject, string text, string? key = null) => sample.Store.AttachAsync(
        subject,
        new(Note, "text/plain", System.Text.Encoding.UTF8.GetBytes(text))
        {
            Annotations = key is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["pipeline.key"] = key },
        },
        TestContext.Current.CancellationToken);

    private static Digest LayerOf(Sample sample, Digest manifest)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(sample.Blob(manifest)));
        return Digest.Parse(document.RootElement.GetProperty("layers")[0].GetProperty("digest").GetString()!);
    }
}
