using System.Text.Json;
using Pipeline.Applications.Sources.Dockerfiles;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Provenance;
using Pipeline.Artifacts.Signing;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;
using Pipeline.Images.Recipes;
using Pipeline.Testing;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;

[assembly: AssemblyFixture(typeof(DockerStage))]

namespace Build.Tests.Sources;

/// <summary>Builds applications from Dockerfiles with a real engine.</summary>
public sealed class DockerfileBuilderTests(DockerStage stage) : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task Two_clones_give_the_same_digest_whenever_they_are_built()
    {
        var engine = await stage.EngineAsync();
        using var origin = await SampleAsync();
        using var first = await GitClone.OfAsync(origin);
        using var second = await GitClone.IntoAwkwardFolderAsync(origin);
        second.Write("app/left.log", "git ignores it");
        var one = await BuildAsync(engine, first, "one");
        await engine.EmptyAsync();
        var two = await BuildAsync(engine, second, "two");
        Assert.Equal(one.Artifact.Digest, two.Artifact.Digest);
        Assert.Equal(["0001_first"], one.Release.Migrations.Select(migration => migration.Id));
        Assert.Equal("1.0.0", one.Artifact.Version);
        await one.Store.VerifyAsync(one.Artifact.Digest, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Only_the_folder_of_the_application_is_unpacked_with_its_links()
    {
        var engine = await stage.EngineAsync();
        using var clone = await SampleAsync();
        var (store, artifact, _) = await BuildAsync(engine, clone, "unpacked");
        var cache = new ApplicationCache(folder.Combine("applications"), store);
        var files = await cache.UnpackAsync(artifact.Digest, TestContext.Current.CancellationToken);
        Assert.Equal(["app"], Directory.EnumerateFileSystemEntries(files.Root).Select(Path.GetFileName));
        Assert.Equal("word\n", await File.ReadAllTextAsync(Path.Combine(files.Root, "app/bin/link"), TestContext.Current.CancellationToken));
        Assert.Equal("../word", new FileInfo(Path.Combine(files.Root, "app/bin/link")).LinkTarget);
        Assert.Equal([Path.Combine(files.Root, "app/run")], files.Command);
        Assert.Equal("1", files.Environment["SETTING"]);
        Assert.Equal(files.Root, (await new ApplicationCache(folder.Combine("applications"), store).UnpackAsync(artifact.Digest, TestContext.Current.CancellationToken)).Root);
        File.Delete(Path.Combine(files.Root, "app/bin/link"));
        File.CreateSymbolicLink(Path.Combine(files.Root, "app/bin/link"), "/etc/passwd");
        var refused = await Assert.ThrowsAsync<DeliveryException>(() => new ApplicationCache(folder.Combine("applications"), store).UnpackAsync(artifact.Digest, TestContext.Current.CancellationToken));
        Assert.EndsWith("\n  - app/bin/link is no longer a link to ../word", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_out_of_the_folder_are_refused_by_name()
    {
        var engine = await stage.EngineAsync();
        using var clone = await SampleAsync();
        clone.Write("app/make-links", "#!/bin/sh\nbusybox ln -s ../../etc/passwd /app/out\n");
        await clone.CommitAsync();
        var (store, artifact, _) = await BuildAsync(engine, clone, "links", readRelease: false);
        var refused = await Assert.ThrowsAsync<DeliveryException>(() => store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken));
        Assert.Contains("is refused: entry 'app/out' is a SymbolicLink to '../../etc/passwd'; only regular files and folders are unpacked", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_end_the_build_before_docker_is_asked()
    {
        using var clone = await SampleAsync();
        clone.Write("app/Dockerfile", "FROM node:20\n");
        var refused = await Assert.ThrowsAsync<DeliveryException>(async () => await new DockerfileBuilder(RealCake.Context(), new(folder.Combine("store")), folder.Combine("scratch"))
            .BuildAsync(await clone.FactsAsync(), new("sample", "app") { DockerHost = "unix:///not/there" }, TestContext.Current.CancellationToken));
        Assert.Equal(
            """
            sample cannot be built from app/Dockerfile:
              app/Dockerfile:1: FROM 'node:20' can be another image tomorrow; name it by digest (name@sha256:…), or take it from an ARG
              app/Dockerfile:1: the last stage has no USER and runs as root; write one without rights such as USER 1654
              app/Dockerfile:1: the last stage has no WORKDIR; write one such as WORKDIR /app, which is where migrations and settings are looked for
            """,
            refused.Message);
        Assert.Empty(Directory.GetDirectories(folder.Combine("scratch")));
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_and_a_Dockerfile_that_is_not_there_are_named()
    {
        Needs.Program("docker");
        using var clone = await SampleAsync();
        var builder = new DockerfileBuilder(RealCake.Context(), new(folder.Combine("store")), folder.Combine("scratch"));
        var facts = await clone.FactsAsync();
        var silent = await Assert.ThrowsAsync<DeliveryException>(() => builder.BuildAsync(facts, new("sample", "app") { DockerHost = "unix:///not/there" }, TestContext.Current.CancellationToken));
        Assert.StartsWith("sample could not be built from app/Dockerfile: docker build ended with exit code ", silent.Message, StringComparison.Ordinal);
        var absent = await Assert.ThrowsAsync<DeliveryException>(() => builder.BuildAsync(facts, new("sample", "other"), TestContext.Current.CancellationToken));
        Assert.Equal("other/Dockerfile is not among the sources; add it to git, or name another Dockerfile", absent.Message);
        var program = await Assert.ThrowsAsync<DeliveryException>(() => builder.BuildAsync(facts, new("sample", "app") { Before = [new("sh", "-c \"exit 7\"")] }, TestContext.Current.CancellationToken));
        Assert.Equal("sample: sh -c \"exit 7\" ended with exit code 7 in a copy of app; what it wrote above says why", program.Message);
    }

    [Fact]
    public async Task The_base_that_the_pipeline_hands_over_is_shared_by_digest()
    {
        var below = await SystemImages.EnsureAsync(new DebianRecipe());
        var engine = await stage.EngineAsync();
        using var clone = await SampleAsync();
        clone.Write("app/Dockerfile", "ARG BASE\nFROM ${BASE}\nWORKDIR /app\nCOPY . .\nUSER 1654\nCMD [\"/app/run\"]\n");
        await clone.CommitAsync();
        var store = new ArtifactStore(folder.Combine("store"));
        var artifact = await new DockerfileBuilder(RealCake.Context(), store, folder.Combine("scratch"))
            .BuildAsync(await clone.FactsAsync(), new("sample", "app") { Base = below, DockerHost = $"unix://{engine.Socket}" }, TestContext.Current.CancellationToken);
        var layers = (await below.Store.VerifyAsync(below.Digest, TestContext.Current.CancellationToken)).Layers;
        Assert.Equal(layers, artifact.Layers.Take(layers.Count));
        await SystemImages.LoadAsync(engine, new("sample", artifact.Digest, store), "sample:imported");
        Assert.Equal("word\n", await engine.RunAsync("run", "--rm", "--network", "none", "sample:imported", "cat", "word"));
    }

    [Fact]
    public async Task An_image_that_FROM_names_by_digest_is_fetched_and_what_the_artifact_was_made_of_names_it()
    {
        var (engine, registry) = (await stage.EngineAsync(), await stage.RegistryAsync());
        var below = Digest.Parse(await SmallImage.PublishAsync(engine, registry, "below", $"{Guid.NewGuid():N}"));
        var name = $"{registry.Address}/below";
        await engine.EmptyImageAsync(name);
        using var clone = await SampleAsync();
        clone.Write("app/Dockerfile", $"ARG IMAGE={name}@{below}\nFROM ${{IMAGE}} AS below\nFROM below\nWORKDIR /app\nCOPY . .\nUSER 1654\nCMD [\"/app/run\"]\n");
        await clone.CommitAsync();
        var (store, artifact, _) = await BuildAsync(engine, clone, "named");
        var attachment = await BuildProvenance.SealAsync(store, artifact.Digest, Record(artifact), SigningKey.Make(), TestContext.Current.CancellationToken);
        using var envelope = JsonDocument.Parse(await store.ReadAttachmentAsync(attachment, TestContext.Current.CancellationToken));
        using var statement = JsonDocument.Parse(envelope.RootElement.GetProperty("payload").GetBytesFromBase64());
        var materials = statement.RootElement.GetProperty("predicate").GetProperty("buildDefinition").GetProperty("resolvedDependencies").EnumerateArray();

        var named = Assert.Single(materials, material => material.TryGetProperty("name", out var image) && image.GetString() == name);
        Assert.Equal(below.Hex, named.GetProperty("digest").GetProperty("sha256").GetString());
    }

    public void Dispose() => folder.Dispose();

    private static BuildRecord Record(Artifact artifact) => new()
    {
        BuilderId = "urn:pipeline:builder:test",
        BuildType = "urn:pipeline:build:dockerfile:1",
        ExternalParameters = new Dictionary<string, string>(),
        Materials = [new(null, Material.GitCommit, artifact.Commit)],
        InvocationId = "run-1",
        SealedAt = TimeProvider.System.GetUtcNow(),
    };

    private static async Task<GitClone> SampleAsync()
    {
        var busybox = Needs.Program("busybox");
        var clone = await GitClone.CreateAsync();
        clone.Write(".gitignore", "*.log\n");
        clone.Write("app/Dockerfile", "FROM scratch\nCOPY busybox /bin/busybox\nENV PATH=/bin SETTING=1\nWORKDIR /app\nCOPY word run make-links ./\nCOPY migrations migrations\nRUN [\"/bin/busybox\", \"sh\", \"/app/make-links\"]\nUSER 1654\nENTRYPOINT [\"/app/run\"]\n");
        File.Copy(busybox, Path.Combine(clone.Path, "app/busybox"));
        clone.Write("app/word", "word\n");
        clone.Write("app/run", "#!/bin/busybox sh\ncat /app/word\n");
        clone.Write("app/make-links", "busybox mkdir /app/bin; busybox ln -s ../word /app/bin/link; busybox ln -s /bin/busybox /bin/sh; true\n");
        clone.Write("app/migrations/0001_first.sql", "select 1;\n");
        await clone.CommitAsync();
        await clone.TagAsync("v1.0.0");
        return clone;
    }

    private async Task<(ArtifactStore Store, Artifact Artifact, Release Release)> BuildAsync(TestEngine engine, GitClone clone, string name, bool readRelease = true)
    {
        var store = new ArtifactStore(folder.Combine(name));
        var artifact = await new DockerfileBuilder(RealCake.Context(), store, folder.Combine("scratch"))
            .BuildAsync(await clone.FactsAsync(), new("sample", "app") { DockerHost = $"unix://{engine.Socket}" }, TestContext.Current.CancellationToken);
        return (store, artifact, readRelease ? await store.ReadReleaseAsync(artifact.Digest, TestContext.Current.CancellationToken) : null!);
    }
}
