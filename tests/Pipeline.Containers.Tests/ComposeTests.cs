using System.Net;
using Pipeline.Containers.Composing;
using Pipeline.Containers.Databases;
using Pipeline.Containers.Sandboxes;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Compose;
using Pipeline.Engines.Docker.Images;
using Pipeline.Engines.Docker.Secrets;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.Containers.Tests;

public sealed class ComposeTests(DockerStage stage, StageImages images) : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_exported_environment_comes_up_whole_with_nothing_but_compose()
    {
        Needs.Program("docker-compose");
        var engine = await stage.EngineAsync();
        await using var scene = new Scene(images, engine);
        var project = EnvironmentCompose.Of(await SettingsAsync(scene));
        var file = folder.Combine("docker-compose.staging.yml");
        ComposeFile.Write(project, file);
        string[] compose = ["--host", $"unix://{engine.Socket}", "--file", file, "--project-name", scene.Service];
        await Command.RunAsync("docker-compose", [.. compose, "config", "--quiet"]);
        await Command.RunAsync("docker-compose", [.. compose, "up", "--detach"]);
        try
        {
            using var client = new HttpClient();
            var page = "";
            await Eventually.HoldsAsync(async () => (page = await TryAskAsync(client, new Uri(scene.Url, "cgi-bin/env"))).Length > 0, "users are answered", TimeSpan.FromSeconds(60));
            var applied = await engine.RunAsync("exec", $"{scene.Service}_database_1", "psql", "--host", "/var/run/postgresql", "--username", "shop", "-tAc", "select name from goods");

            Assert.Contains("DATABASE_URL_FILE=/run/secrets/DATABASE_URL", page, StringComparison.Ordinal);
            Assert.DoesNotContain("letmein", page, StringComparison.Ordinal);
            Assert.Equal("migrated", applied.Trim());
        }
        finally
        {
            await Command.RunAsync("docker-compose", [.. compose, "down", "--volumes"]);
        }
    }

    public void Dispose() => folder.Dispose();

    private static async Task<string> TryAskAsync(HttpClient client, Uri address)
    {
        try
        {
            using var answer = await client.GetAsync(address);
            return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync() : "";
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

    private async Task<ComposeSettings> SettingsAsync(Scene scene)
    {
        var environment = await scene.SettingsAsync();
        var docker = new DockerCli(environment.First, TimeProvider.System);
        await SmallImage.MakeAsync(scene.Engine, "small:composed", "composed");
        var database = new DatabaseSettings { Image = await images.PostgresAsync(scene.Engine), Database = "shop" };
        var sandbox = new SandboxSettings { Image = await images.SandboxAsync(scene.Engine), PaymentMode = "test", HttpPort = Random.Shared.Next(20_000, 60_000) };
        var settings = new Dictionary<string, string> { ["DATABASE_URL"] = ComposeAddresses.DatabaseOf(database, "letmein").Url };
        return new()
        {
            Stage = environment with { Edge = new() { ProbePath = "/cgi-bin/ready" } },
            Database = database,
            Sandbox = sandbox,
            Engine = new() { Scope = scene.Scope, Hosts = environment.Hosts, Images = new RegistryImages("none"), SecretKeys = new NoSecrets() },
            Images = new(
                "small:composed", await environment.EdgeImage.EnsureAsync(docker, cancellation), await database.Image.EnsureAsync(docker, cancellation),
                await sandbox.Image.EnsureAsync(docker, cancellation)),
            Instances = [.. Enumerable.Range(1, 2).Select(number => new InstanceSpecification($"staging-blue-{number}", Colour.Blue, Scene.Release, settings, TimeSpan.FromSeconds(5)))],
            SecretKeys = new HashSet<string> { "DATABASE_URL" },
            DatabasePassword = "letmein",
            MigrationScript = "create table if not exists goods (name text); insert into goods values ('migrated');",
            Folder = "./staging",
            Remarks = ["Staging of a test."],
        };
    }

    private sealed class NoSecrets : ISecretKeys
    {
        public Task<IReadOnlySet<string>> ReadAsync(Digest release, CancellationToken cancellation) => Task.FromResult<IReadOnlySet<string>>(new HashSet<string>());
    }
}
