using Cake.Core;
using Cake.Docker;
using Pipeline.Testing;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;

[assembly: AssemblyFixture(typeof(DockerStage))]

namespace Pipeline.Docker.Tests;

/// <summary>The aliases with Cake's own tool runner against a real engine.</summary>
public sealed class Engine(DockerStage stage) : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly ICakeContext context = RealCake.Context();

    [Fact]
    public async Task An_image_is_built_listed_tagged_saved_removed_and_loaded_again()
    {
        var engine = await stage.EngineAsync();
        await File.WriteAllTextAsync(folder.Combine("Dockerfile"), "FROM scratch\nARG WORD\nLABEL word=$WORD\nCOPY Dockerfile /\n", TestContext.Current.CancellationToken);
        context.DockerBuild(On(engine, new DockerImageBuildSettings { Tag = ["aliases:1"], BuildArg = ["WORD=some words"], Quiet = true }), folder.Path);
        Assert.Equal(["some words"], context.DockerInspect(On(engine, new DockerInspectSettings { Format = "{{.Config.Labels.word}}" }), "aliases:1"));
        Assert.Equal(["aliases:1"], Names(engine));
        await engine.RunAsync("tag", "aliases:1", "aliases:2");
        context.DockerSave(On(engine, new DockerImageSaveSettings { Output = folder.Combine("saved.tar") }), "aliases:1");
        context.DockerRemove(On(engine, new DockerImageRemoveSettings { Force = true }), "aliases:1", "aliases:2");
        Assert.Empty(Names(engine));
        context.DockerLoad(On(engine, new DockerImageLoadSettings { Input = folder.Combine("saved.tar"), Quiet = true }));
        Assert.Equal(["aliases:1"], Names(engine));
    }

    [Fact]
    public async Task A_container_is_run_asked_copied_from_stopped_and_removed()
    {
        var engine = await stage.EngineAsync();
        await SmallImage.MakeAsync(engine, "aliases-small:1", "first");
        var id = context.DockerRun(
            On(engine, new DockerContainerRunSettings { Detach = true, Name = "aliases", Env = ["NAME=one"], ReadOnly = true, CapDrop = ["ALL"], Init = true, Label = ["of=aliases"] }),
            "aliases-small:1", null);
        Assert.Equal(64, id!.Length);
        Assert.Equal("aliases", context.DockerPs(On(engine, new DockerContainerPsSettings { Filter = ["label=of=aliases"], Format = "{{.Names}}" })));
        context.DockerExec(On(engine, new DockerContainerExecSettings { User = "10001" }), "aliases", "cat", "/variation");
        await Eventually.HoldsAsync(
            () => Task.FromResult(context.DockerLogs(On(engine, new DockerContainerLogsSettings { Tail = "5" }), "aliases").Contains("small one starts")), "the container said that it starts");
        context.DockerCp(On(engine, new DockerContainerCpSettings()), "aliases:/variation", folder.Combine("copied"));
        Assert.Equal("first", await File.ReadAllTextAsync(folder.Combine("copied"), TestContext.Current.CancellationToken));
        context.DockerStop(On(engine, new DockerContainerStopSettings { Time = 5 }), "aliases");
        context.DockerRm(On(engine, new DockerContainerRmSettings { Force = true, Volumes = true }), "aliases");
        Assert.Equal("", context.DockerPs(On(engine, new DockerContainerPsSettings { All = true, Filter = ["label=of=aliases"], Quiet = true })));
    }

    [Fact]
    public async Task An_image_goes_to_a_registry_and_comes_back()
    {
        var engine = await stage.EngineAsync();
        var registry = await stage.RegistryAsync();
        var name = $"{registry.Address}/aliases:1";
        await SmallImage.MakeAsync(engine, name, "pushed");
        context.DockerPush(On(engine, new DockerImagePushSettings()), name);
        context.DockerRemove(On(engine, new DockerImageRemoveSettings()), name);
        context.DockerPull(On(engine, new DockerImagePullSettings { Quiet = true }), name);
        Assert.Single(context.DockerImages(On(engine, new DockerImageLsSettings { Quiet = true, Filter = [$"reference={name}"] })));
    }

    [Fact]
    public async Task A_command_that_fails_says_which_one_and_with_what_code()
    {
        var engine = await stage.EngineAsync();
        var failure = Assert.Throws<CakeException>(() => context.DockerInspect(On(engine, new DockerInspectSettings()), "not-there"));
        Assert.Equal("docker inspect ended with exit code 1; what it wrote above says why", failure.Message);
    }

    [Fact]
    public void Nothing_to_do_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => context.DockerSave(new DockerImageSaveSettings()));
        Assert.Throws<ArgumentException>(() => context.DockerBuild(""));
        Assert.Throws<ArgumentException>(() => context.DockerLogin("me", ""));
    }

    public void Dispose() => folder.Dispose();

    private static T On<T>(TestEngine engine, T settings)
        where T : AutoToolSettings
    {
        settings.EnvironmentVariables["DOCKER_HOST"] = $"unix://{engine.Socket}";
        return settings;
    }

    private IEnumerable<string> Names(TestEngine engine) =>
        context.DockerImageLs(On(engine, new DockerImageLsSettings { Filter = ["reference=aliases:*"], Format = "{{.Repository}}:{{.Tag}}" }));
}
