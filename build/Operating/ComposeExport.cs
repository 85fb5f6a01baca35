using System.Security.Cryptography;
using Build.Delivering;
using Build.Environments;
using Build.Environments.Stages;
using Pipeline.Applications.Settings;
using Pipeline.Applications.Stages.Docker;
using Pipeline.Configuration.Secrets;
using Pipeline.Containers;
using Pipeline.Containers.Composing;
using Pipeline.Containers.Databases;
using Pipeline.Containers.Sandboxes;
using Pipeline.Delivery;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Compose;
using Pipeline.Engines.Docker.Instances;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Postgres.Migrations.Files;
using Pipeline.Postgres.Migrations.Scripts;

namespace Build.Operating;

/// <summary>Writes an environment with a release in it as a compose file, for places where the pipeline is not.</summary>
public sealed class ComposeExport(ShopHouse house, ShopStages stages, SecretReader secrets)
{
    private const string PasswordFile = "database-password";
    private const int InboxPortDistance = 100;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Writes the file, and beside it the folder with secrets and migrations.</summary>
    /// <returns>The path of the file.</returns>
    public async Task<string> WriteAsync(string name, Digest digest, string folder, CancellationToken cancellation)
    {
        if (!house.Engine.IsDocker)
            throw new DeliveryException("compose files are of containers; pass --engine docker");
        var environment = house.Find(name);
        var path = Path.Combine(Path.GetFullPath(folder), $"docker-compose.{(name == Production.Name ? "prod" : name)}.yml");
        var beside = Path.Combine(house.Paths.Environment(name), "compose");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var settings = await SettingsAsync(environment, await house.Store.ReadReleaseAsync(digest, cancellation), beside, cancellation);
        ComposeFile.Write(EnvironmentCompose.Of(settings with { Folder = Relative(Path.GetDirectoryName(path)!, beside) }), path);
        return path;
    }

    private async Task<ComposeSettings> SettingsAsync(ShopEnvironment environment, Release release, string beside, CancellationToken cancellation)
    {
        var scope = new EnvironmentScope(stages.Docker.Service, environment.Name);
        var docker = new DockerCli(stages.Docker.HostsOf(environment.Name)[0], house.Time);
        var stage = new StageSettings
        {
            Scope = scope,
            Hosts = stages.Docker.HostsOf(environment.Name),
            Port = environment.Port,
            EdgeImage = DockerParameters.Image(stages.Docker.EdgeImage, stages.Images, "edge"),
            Entrance = stages.Docker.Entrance,
        };
        var database = new DatabaseSettings { Image = DockerParameters.Image(stages.Docker.PostgresImage, stages.Images, "postgres"), Database = "shop" };
        var sandbox = new SandboxSettings { Image = stages.SandboxImage, PaymentMode = environment.PaymentMode, HttpPort = environment.Port + InboxPortDistance };
        var keys = new ReleaseSecrets(environment.Name, house.Files);
        var releases = house.Registry.ImagesOf(house.Store);
        var password = ReadOrMakePassword(beside);
        var foundation = new ComposeFoundation(scope, ComposeAddresses.DatabaseOf(database, password));
        var values = await ShopSettings.Of(environment, house.Paths, foundation, house.Files, secrets).ReadAsync(release, cancellation);
        var application = await house.Files.UnpackAsync(release.Digest, cancellation);
        var image = await releases.EnsureAsync(docker, release.Digest, cancellation);
        var engine = new DockerEngineSettings { Scope = scope, Hosts = stage.Hosts, Images = releases, SecretKeys = keys };
        return new()
        {
            Stage = stage,
            Database = database,
            Sandbox = sandbox,
            Engine = engine with { HealthCheck = await new InstanceHealth(docker, engine).FindAsync(image, cancellation) },
            Images = new ComposeImages(
                image, await stage.EdgeImage.EnsureAsync(docker, cancellation),
                await database.Image.EnsureAsync(docker, cancellation), await sandbox.Image.EnsureAsync(docker, cancellation)),
            Instances = [.. Enumerable.Range(1, environment.Instances).Select(number =>
                new InstanceSpecification($"{environment.Name}-{Colour.Blue.Name()}-{number}", Colour.Blue, release.Digest, values, StopTimeout))],
            SecretKeys = await keys.ReadAsync(release.Digest, cancellation),
            DatabasePassword = password,
            MigrationScript = MigrationScript.Render(release, Path.Combine(application.WorkingDirectory, MigrationFiles.Folder)),
            Folder = "",
            Remarks =
            [
                $"The Shop's {environment.Name} with release {release.Version} ({release.Digest}), written by ./build.sh --target ExportCompose.",
                "Its containers and data are compose's own: the pipeline neither sees nor touches them. Its secrets lie in files beside it, in none of its lines.",
                $"Before: ./build.sh --target Down, where the pipeline itself serves port {environment.Port}. Then: docker-compose -f <this file> up --detach",
            ],
        };
    }

    // The database keeps its first password, so a second export has to name the same.
    private static string ReadOrMakePassword(string beside) => File.Exists(Path.Combine(beside, PasswordFile))
        ? File.ReadAllText(Path.Combine(beside, PasswordFile))
        : RandomNumberGenerator.GetHexString(40, lowercase: true);

    private static string Relative(string from, string to)
    {
        var path = Path.GetRelativePath(from, to).Replace('\\', '/');
        return path.StartsWith('.') || Path.IsPathRooted(path) ? path : $"./{path}";
    }
}
