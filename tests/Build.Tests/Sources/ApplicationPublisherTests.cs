using Pipeline.Applications.Sources.Publishing;
using Pipeline.Artifacts;
using Pipeline.Delivery;
using Pipeline.Targets;
using Pipeline.Testing;

namespace Build.Tests.Sources;

/// <summary>Publishes a sample web application with the real SDK from real clones.</summary>
public sealed class ApplicationPublisherTests
{
    private static readonly ApplicationProject Application = new("src/SampleApplication/SampleApplication.csproj");

    [Fact]
    public async Task Two_clones_in_different_folders_give_the_same_digest()
    {
        using var origin = await SampleRepositoryAsync();
        using var first = await GitClone.OfAsync(origin);
        using var second = await GitClone.IntoAwkwardFolderAsync(origin);
        // What builds of other days and a forgotten file have left in the second clone must not matter.
        second.Write("src/SampleApplication/obj/Left.cs", "this does not compile");
        second.Write("src/SampleApplication/bin/left.dll", "left");
        second.Write("src/SampleApplication/appsettings.local.json", "{}");
        foreach (var file in Directory.GetFiles(Path.Combine(second.Path, "src"), "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        var one = await BuildAsync(first);
        var two = await BuildAsync(second);

        Assert.Equal(one.Artifact.Digest, two.Artifact.Digest);
        Assert.Equal(["0001_samples"], one.Release.Migrations.Select(migration => migration.Id));
        Assert.Equal("1.0.0", one.Artifact.Version);
        Assert.DoesNotContain(one.Files, file => file.EndsWith(".pdb", StringComparison.Ordinal) || file.EndsWith("left.dll", StringComparison.Ordinal));
        Assert.Equal("/_/src/SampleApplication/Program.cs", one.CompiledAt);
        Assert.Empty(Directory.GetDirectories(Path.Combine(first.Path, ".pipeline/publish")));
    }

    [Fact]
    public async Task A_build_for_one_runtime_is_an_image_for_its_system_and_processor_the_same_from_every_clone()
    {
        using var origin = await SampleRepositoryAsync();
        using var other = await GitClone.OfAsync(origin);
        var runtime = RuntimeIdentifier.ParseList("win-arm64").Single();

        using var one = await PublishAsync(origin, Application with { Runtime = runtime });
        using var two = await PublishAsync(other, Application with { Runtime = runtime });

        Assert.Equal(("windows", "arm64", "win-arm64"), (one.Image.OperatingSystem, one.Image.Architecture, one.Image.Labels["pipeline.runtime"]));
        Assert.Contains("\"name\": \".NETCoreApp,Version=v10.0/win-arm64\"", await File.ReadAllTextAsync(
            Path.Combine(one.Image.Layers[0].Directory, "SampleApplication.deps.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var store = new ArtifactStore(Path.Combine(origin.Path, ".pipeline/runtimes"));
        var artifact = await store.WriteAsync(one.Image, TestContext.Current.CancellationToken);
        Assert.Equal(artifact.Digest, (await store.WriteAsync(two.Image, TestContext.Current.CancellationToken)).Digest);
    }

    [Fact]
    public async Task A_build_for_one_runtime_takes_no_other_packages_than_the_lock_file_names()
    {
        using var clone = await SampleRepositoryAsync();
        const string Locked = "src/SampleApplication/packages.lock.json";
        clone.Write(Locked, """{ "version": 1, "dependencies": { "net10.0": { "Nothing": { "type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0", "contentHash": "x" } } } }""");
        await clone.CommitAsync();
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => PublishAsync(clone, Application with { Runtime = RuntimeIdentifier.ParseList("linux-x64").Single() }));
        Assert.Equal(
            $"the build for linux-x64 took other packages than SampleApplication/packages.lock.json names for net10.0; restore without a runtime, commit the lock file and build again",
            refusal.Message);
    }

    [Theory]
    [InlineData("", "none is named")]
    [InlineData("linux-x64,solaris-x64,linux-68k", "linux-68k, solaris-x64 is no runtime identifier")]
    public void What_is_no_runtime_identifier_is_named(string names, string fault)
    {
        var misuse = Assert.Throws<MisuseException>(() => RuntimeIdentifier.ParseList(names));
        Assert.StartsWith($"runtimes '{names}': {fault}; write a system (linux, linux-musl, osx, win), '-' and a processor (x64, ", misuse.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_that_does_not_compile_is_named_and_leaves_nothing()
    {
        using var clone = await SampleRepositoryAsync();
        clone.Write("src/SampleApplication/Broken.cs", "this does not compile");
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => PublishAsync(clone, Application));
        Assert.StartsWith($"project {Application.Project} could not be published: ", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(clone.Path, ".pipeline/publish")));
    }

    [Fact]
    public async Task A_project_that_is_not_there_is_named()
    {
        using var clone = await SampleRepositoryAsync();
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => PublishAsync(clone, new ApplicationProject("src/Other/Other.csproj")));
        Assert.Equal($"project src/Other/Other.csproj is not among the sources in {clone.Path}; add it to git, or name another project", refusal.Message);
    }

    [Fact]
    public async Task Links_and_clones_among_the_sources_are_named_all_at_once()
    {
        using var clone = await SampleRepositoryAsync();
        File.CreateSymbolicLink(Path.Combine(clone.Path, "link.txt"), "/etc/passwd");
        await clone.CommitAsync();
        Directory.CreateDirectory(Path.Combine(clone.Path, "inner"));
        await clone.GitAsync("-C", "inner", "init", "--quiet");
        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => PublishAsync(clone, Application));
        Assert.Equal(
            $"the sources in {clone.Path} cannot be copied:"
            + "\n  - inner/ is a submodule or a clone within the clone; commit its files or let git ignore it"
            + "\n  - link.txt is a link to /etc/passwd, which another machine may not have; commit the file itself",
            refusal.Message);
    }

    private static async Task<GitClone> SampleRepositoryAsync()
    {
        var clone = await GitClone.CreateAsync();
        var assets = Path.Combine(AppContext.BaseDirectory, "Sources", "SampleApplication");
        foreach (var file in Directory.GetFiles(assets, "*", SearchOption.AllDirectories))
            clone.Write(Path.Combine("src/SampleApplication", Path.GetRelativePath(assets, file)), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        File.Move(Path.Combine(clone.Path, "src/SampleApplication/gitignore.txt"), Path.Combine(clone.Path, ".gitignore"));
        await clone.CommitAsync();
        await clone.TagAsync("v1.0.0");
        return clone;
    }

    private static async Task<PublishedApplication> PublishAsync(GitClone clone, ApplicationProject application) =>
        await new ApplicationPublisher(RealCake.Context(), Path.Combine(clone.Path, ".pipeline/publish"), TimeProvider.System)
            .PublishAsync(await clone.FactsAsync(), application, TestContext.Current.CancellationToken);

    private static async Task<Built> BuildAsync(GitClone clone)
    {
        using var published = await PublishAsync(clone, Application);
        var store = new ArtifactStore(Path.Combine(clone.Path, ".pipeline/artifacts"));
        var artifact = await store.WriteAsync(published.Image, TestContext.Current.CancellationToken);
        var files = await new ApplicationCache(Path.Combine(clone.Path, ".pipeline/applications"), store)
            .UnpackAsync(artifact.Digest, TestContext.Current.CancellationToken);
        using var program = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(Needs.Program("dotnet"), [.. files.Command.Skip(1), "--where"]) { RedirectStandardOutput = true })!;
        var compiledAt = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Built(
            artifact,
            await store.ReadReleaseAsync(artifact.Digest, TestContext.Current.CancellationToken),
            Directory.GetFiles(files.Root, "*", SearchOption.AllDirectories),
            compiledAt.Trim());
    }

    private sealed record Built(Artifact Artifact, Pipeline.Delivery.Releases.Release Release, string[] Files, string CompiledAt);
}
