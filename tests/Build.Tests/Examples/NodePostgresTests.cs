using System.Text.Json;
using Build.Tests.Sources;
using Pipeline.Applications.Sources.Dockerfiles;
using Pipeline.Artifacts;
using Pipeline.Delivery.Releases;
using Pipeline.Images.Recipes;
using Pipeline.Testing;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;

namespace Build.Tests.Examples;

/// <summary>docs/examples/node-postgres: an application that is not .NET goes the same way.</summary>
public sealed class NodePostgresTests(DockerStage stage) : IDisposable
{
    private const string Example = "docs/examples/node-postgres";
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task One_artifact_of_a_Node_application_runs_in_two_environments_that_share_nothing()
    {
        Needs.Program("curl");
        var engine = await stage.EngineAsync();
        var store = new ArtifactStore(folder.Combine("artifacts"));
        var release = await BuildAsync(engine, store);
        Assert.Equal(["0001_notes"], release.Migrations.Select(migration => migration.Id));

        var files = new ApplicationCache(folder.Combine("applications"), store);
        var service = $"n{Guid.NewGuid():N}"[..9];
        var staging = new NotesEnvironment(engine, store, files, service, "staging");
        var production = new NotesEnvironment(engine, store, files, service, "production");
        await staging.FoundAsync();
        await production.FoundAsync();
        var onStaging = await staging.DeployAsync(release);
        var onProduction = await production.DeployAsync(release);

        Assert.Contains("\"status\":\"ready\"", await staging.AskAsync(onStaging, "ready"), StringComparison.Ordinal);
        Assert.Contains("\"text\":\"only on staging\"", await staging.AskAsync(onStaging, "notes", post: "only on staging"), StringComparison.Ordinal);
        Assert.Contains("only on staging", await staging.AskAsync(onStaging, "notes"), StringComparison.Ordinal);
        Assert.Equal("[]", await production.AskAsync(onProduction, "notes"));
        Assert.Contains($"\"version\":\"{release.Version}\",\"commit\":\"{release.Commit}\"", await production.AskAsync(onProduction, "version"), StringComparison.Ordinal);
        Assert.Equal((release.Digest, release.Digest), (onStaging.Digest, onProduction.Digest));
        Assert.False(staging.Knows(await staging.InspectAsync(onStaging)), "the password stands in what the engine tells");

        await staging.StopAsync(onStaging);
        Assert.Empty(await staging.ObserveAsync());
        Assert.Equal(onProduction.Id, Assert.Single(await production.ObserveAsync()).Id);
    }

    public void Dispose() => folder.Dispose();

    private async Task<Release> BuildAsync(TestEngine engine, ArtifactStore store)
    {
        Needs.Program("npm");
        using var clone = await GitClone.CreateAsync();
        foreach (var file in Directory.EnumerateFiles(Repository.File(Example), "*", SearchOption.AllDirectories).Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal)))
            clone.Write(Path.GetRelativePath(Repository.File("."), file), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        await clone.CommitAsync();
        await clone.TagAsync("v2.0.0");
        var artifact = await new DockerfileBuilder(RealCake.Context(), store, folder.Combine("scratch")).BuildAsync(
            await clone.FactsAsync(),
            new("notes", Example)
            {
                Base = await SystemImages.EnsureAsync(new NodeRecipe()),
                Before = [new("npm", "ci --omit=dev --ignore-scripts --no-audit --no-fund")],
                DockerHost = $"unix://{engine.Socket}",
            },
            TestContext.Current.CancellationToken);
        await AssertListedAsync(store, artifact.Digest);
        return await store.ReadReleaseAsync(artifact.Digest, TestContext.Current.CancellationToken);
    }

    /// <summary>What npm installed and what Debian's packages are below it stand in the bill of materials.</summary>
    private static async Task AssertListedAsync(ArtifactStore store, Digest digest)
    {
        var attached = Assert.Single(await store.ListReferrersAsync(digest, TestContext.Current.CancellationToken));
        using var bill = JsonDocument.Parse(await store.ReadAttachmentAsync(attached, TestContext.Current.CancellationToken));
        string[] packages = [.. bill.RootElement.GetProperty("components").EnumerateArray()
            .Select(component => component.TryGetProperty("purl", out var address) ? address.GetString()! : "")];
        Assert.Contains("pkg:npm/pg@8.16.3", packages);
        Assert.Contains(packages, package => package.StartsWith("pkg:deb/debian/nodejs@", StringComparison.Ordinal));
    }
}
