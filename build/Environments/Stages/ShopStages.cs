using Build.Environments.Stages.Docker;
using Build.Environments.Stages.Processes;
using Pipeline.Applications.Images;
using Pipeline.Applications.Registries;
using Pipeline.Applications.Settings;
using Pipeline.Applications.Stages.Docker;
using Pipeline.Artifacts;
using Pipeline.Containers.Images;
using Pipeline.Delivery.Ports;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Postgres.Connections;
using Pipeline.Supervision;

namespace Build.Environments.Stages;

/// <summary>Where the environments live in this run.</summary>
/// <param name="docker">Hosts and images.</param>
/// <param name="sandboxImage">What names the sandbox's image; null for the one made here.</param>
/// <param name="images">The base image, and the images that are made here.</param>
/// <param name="registry">Where hosts pull releases from.</param>
/// <param name="paths">The folders of this clone.</param>
/// <param name="time">The clock.</param>
public sealed class ShopStages(DockerParameters docker, string? sandboxImage, ImageHouse images, ReleaseRegistry registry, StatePaths paths, TimeProvider time)
{
    public DockerParameters Docker => docker;

    public ImageHouse Images => images;

    /// <summary>What runs the environments. Where nothing was asked for, no host is named and nothing was put anywhere, this machine's engine is asked.</summary>
    public Task<EngineChoice> ChooseAsync(string? asked, CancellationToken cancellation) =>
        EngineChoice.MakeAsync(asked, docker, [Mark(Production.Name), Mark(Staging.Name)], images, time, cancellation);

    /// <summary>What an environment was put on.</summary>
    public EngineMark Mark(string environment) => new(paths, environment);

    public IShopStage OnDocker(ShopEnvironment environment, IDatabaseServer database, IApplicationFiles files, ArtifactStore store) => new DockerShopStage(
        environment,
        new()
        {
            Scope = new EnvironmentScope(docker.Service, environment.Name),
            Hosts = docker.HostsOf(environment.Name),
            Port = environment.Port,
            EdgeImage = DockerParameters.Image(docker.EdgeImage, images, "edge"),
            Entrance = docker.Entrance,
            PostgresImage = DockerParameters.Image(docker.PostgresImage, images, "postgres"),
            RenewDatabase = docker.RenewDatabase,
            Database = "shop",
            GivenDatabase = database as GivenDatabase,
            Releases = registry.ImagesOf(store),
            SecretKeys = new ReleaseSecrets(environment.Name, files),
        },
        SandboxImage, time);

    /// <summary>The image of the stand-ins for the outside world.</summary>
    public IHostImage SandboxImage => DockerParameters.Image(sandboxImage, images, "sandbox");

    public IShopStage InProcesses(ShopEnvironment environment, IDatabaseServer database, IApplicationFiles files, ISupervisors supervisors) =>
        new ProcessStage(environment, paths, database, files, paths.Install, supervisors, time);
}
