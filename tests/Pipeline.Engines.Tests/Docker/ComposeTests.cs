using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Compose;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Tests.Docker.Parts;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.Engines.Tests.Docker;

public sealed class ComposeTests(DockerStage stage) : IDisposable
{
    private const string Secret = "s3cr3t \"with\" $everything\n";
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task What_is_exported_is_accepted_and_starts_the_same_thing()
    {
        Needs.Program("docker-compose");
        var engine = await stage.EngineAsync();
        await SmallImage.MakeAsync(engine, "composed:test", "1");
        var project = Project(new EngineScene(await stage.RegistryAsync(), engine));
        var file = folder.Combine("docker-compose.staging.yml");
        ComposeFile.Write(project, file);
        var name = DockerScene.Service();
        await ComposeAsync(engine, file, name, "config", "--quiet");
        await ComposeAsync(engine, file, name, "up", "--detach");
        var container = $"{name}_staging-blue-1_1";

        Assert.Equal(Secret, await engine.RunAsync("exec", container, "sh", "-c", "cat \"$PAYMENT_KEY_FILE\""));
        Assert.Equal("price: 5$ ${NOT}", (await engine.RunAsync("exec", container, "sh", "-c", "printf %s \"$OFFER\"")).Trim());
        Assert.Equal("true ALL 67108864 10001:10001 local unless-stopped true", (await engine.RunAsync("inspect", "--format",
            "{{.HostConfig.ReadonlyRootfs}} {{index .HostConfig.CapDrop 0}} {{.HostConfig.Memory}} {{.Config.User}} {{.HostConfig.LogConfig.Type}} "
            + "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.Init}}", container)).Trim());
        await Eventually.HoldsAsync(
            async () => (await engine.RunAsync("inspect", "--format", "{{.State.Health.Status}}", container)).Trim() == "healthy", "the instance is well");
        Assert.Equal("ready", (await engine.RunAsync("exec", container, "wget", "-q", "-O", "-", "http://staging-blue-2:8080/cgi-bin/ready")).Trim());
        await ComposeAsync(engine, file, name, "down", "--volumes");
    }

    [Fact]
    public async Task The_file_holds_no_secret_and_its_folder_is_its_owners_alone()
    {
        ComposeFile.Write(Project(new EngineScene(await stage.RegistryAsync(), await stage.EngineAsync())), folder.Combine("docker-compose.staging.yml"));

        Assert.DoesNotContain("s3cr3t", await File.ReadAllTextAsync(folder.Combine("docker-compose.staging.yml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(Secret, await File.ReadAllTextAsync(folder.Combine("staging", "PAYMENT_KEY"), TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Combine("staging")));
    }

    [Fact]
    public void A_service_reads_as_a_person_would_have_written_it()
    {
        var container = new ContainerSpecification
        {
            Name = "shop-staging-postgres",
            Role = "database",
            Image = "postgres@sha256:1",
            Network = ContainerNetwork.Named("shop-staging"),
            Ports = [new("127.0.0.1", 5432, 5432)],
            Volumes = [new("database", "/var/lib/postgresql/data", VolumeAccess.Write)],
            HealthCheck = new(["pg_isready"]),
        };
        var text = ComposeFile.Render(new()
        {
            Remarks = ["Staging."],
            Folder = "./staging",
            Secrets = new Dictionary<string, string> { ["password"] = "p" },
            Services = [new("database", container) { Secrets = ["password"], After = [new("prepare", ComposeCondition.Completed)] }],
        });

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Docker", "compose.yml")), text);
    }

    public void Dispose() => folder.Dispose();

    private static ComposeProject Project(EngineScene scene)
    {
        var digest = Digest.Parse("sha256:" + new string('1', 64));
        var check = new HealthCheck(["wget", "-q", "-O", "-", "http://127.0.0.1:8080/cgi-bin/ready"]) { Interval = TimeSpan.FromSeconds(0.3) };
        var instances = Enumerable.Range(1, 2).Select(number => scene.Wanted($"staging-blue-{number}", digest, ("PAYMENT_KEY", Secret), ("OFFER", "price: 5$ ${NOT}")))
            .Select(instance => ComposeInstances.Of(instance, "composed:test", scene.SecretKeys, scene.Settings with { HealthCheck = check })).ToList();
        return new()
        {
            Remarks = ["Staging of the test."],
            Services = [instances[1], instances[0] with { After = [new("staging-blue-2", ComposeCondition.Healthy)] }],
            Folder = "./staging",
            Secrets = new Dictionary<string, string> { ["PAYMENT_KEY"] = Secret },
        };
    }

    private static Task ComposeAsync(TestEngine engine, string file, string name, params string[] arguments) =>
        Command.RunAsync("docker-compose", ["--host", $"unix://{engine.Socket}", "--file", file, "--project-name", name, .. arguments]);
}
