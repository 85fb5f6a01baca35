using System.Text.Json;
using Pipeline.Artifacts.Attaching;
using Pipeline.Artifacts.Provenance;
using Pipeline.Artifacts.Sbom;
using Pipeline.Artifacts.Signing;
using Pipeline.Artifacts.Verifying;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Tests.Verifying;

/// <summary>An artifact with its bill of materials and its provenance, and the means to spoil them.</summary>
internal sealed class Sealed : IDisposable
{
    private Artifact? artifact;

    private Sealed()
    {
    }

    public Sample Sample { get; } = new();

    public Artifact Artifact => artifact!;

    public SigningKey Key { get; } = SigningKey.Make();

    public ArtifactStore Store => Sample.Store;

    public static BuildRecord Build(string commit = Pipeline.Artifacts.Tests.Sample.Commit) => new()
    {
        BuilderId = "urn:pipeline:builder:test",
        BuildType = "urn:pipeline:build:dotnet-publish:1",
        ExternalParameters = new Dictionary<string, string> { ["target"] = "BuildImage" },
        Materials = [new("git+https://example.org/sample", Material.GitCommit, commit)],
        Evidence = [new("Test", new string('a', 32), "12 tests passed"), new("Lint", null, "no finding")],
        InvocationId = "run-1",
        StartedAt = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        FinishedAt = new(2026, 3, 4, 5, 6, 8, TimeSpan.Zero),
        SealedAt = new(2026, 3, 4, 5, 6, 9, TimeSpan.Zero),
    };

    public static async Task<Sealed> CreateAsync(Action<Sample>? prepare = null)
    {
        var made = new Sealed();
        prepare?.Invoke(made.Sample);
        made.artifact = await made.Sample.WriteAsync();
        await made.ListMaterialsAsync();
        await made.SealAsync(made.Key);
        return made;
    }

    public async Task ListMaterialsAsync() => await Store.AttachAsync(
        Artifact.Digest, await BillOfMaterials.ListAsync(Store, Artifact.Digest, assetsFile: null, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

    public Task<Attachment> SealAsync(SigningKey key, string commit = Pipeline.Artifacts.Tests.Sample.Commit) =>
        BuildProvenance.SealAsync(Store, Artifact.Digest, Build(commit), key, TestContext.Current.CancellationToken);

    public Task<ArtifactReport> InspectAsync(params SigningKey[] trusted) => new ArtifactInspection(
            Store, new([.. trusted.Select(key => new TrustedKey(key.PublicKey, "given"))], "pass its public key with --trusted-keys"))
        .InspectAsync(Artifact.Digest, TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<string>> FaultsAsync() => [.. (await InspectAsync(Key)).Faults.Select(fault => $"{fault.Item}: {fault.Detail}")];

    public async Task<Attachment> FindAsync(string type) =>
        (await Store.ListReferrersAsync(Artifact.Digest, TestContext.Current.CancellationToken)).Single(attachment => attachment.ArtifactType == type);

    public async Task<JsonDocument> ReadAsync(string type) => JsonDocument.Parse(await Store.ReadAttachmentAsync(await FindAsync(type), TestContext.Current.CancellationToken));

    public Digest DocumentOf(Attachment attachment)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Sample.Blob(attachment.Digest)));
        return Digest.Parse(manifest.RootElement.GetProperty("layers")[0].GetProperty("digest").GetString()!);
    }

    /// <summary>Replaces a document with another one, hashes and all, as somebody who can write into the store would.</summary>
    public async Task ForgeAsync(string type, Func<string, string> change)
    {
        var attachment = await FindAsync(type);
        var content = change(System.Text.Encoding.UTF8.GetString(await Store.ReadAttachmentAsync(attachment, TestContext.Current.CancellationToken)));
        await Store.AttachAsync(
            Artifact.Digest,
            new(type, type == BuildProvenance.ArtifactType ? Envelope.MediaType : type, System.Text.Encoding.UTF8.GetBytes(content)) { Annotations = attachment.Annotations },
            TestContext.Current.CancellationToken);
    }

    public async Task RemoveAsync(string type)
    {
        var index = Path.Combine(Sample.StoreRoot, "index.json");
        var node = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(index, TestContext.Current.CancellationToken))!;
        var manifests = node["manifests"]!.AsArray();
        manifests.Remove(manifests.Single(entry => (string?)entry!["artifactType"] == type));
        await File.WriteAllTextAsync(index, node.ToJsonString(), TestContext.Current.CancellationToken);
    }

    public void Dispose() => Sample.Dispose();
}
