using Build.Environments.Stages.Docker;
using Build.Environments.Stages.Processes;
using Build.Images;
using Build.Registries;
using Pipeline.Artifacts;
using Pipeline.Delivery.Ports;
using Pipeline.Engines.Docker.Images;
using Pipeline.Postgres.Connections;
using Pipeline.Supervision;

namespace Build.Environments.Stages;

/// <summary>Where the environments live in this run.</summary>
/// <param name="docker">Hosts and images.</param>
/// <param name="images">The base image, and the images that are made here.</param>
/// <param name="registry">Where hosts pull releases from.</param>
/// <param name="paths">The folders of this clone.</param>
/// <param name="time">The clock.</param>
public sealed class ShopStages(DockerParameters docker, ImageHouse images, ShopRegistry registry, StatePaths paths, TimeProvider time)
{
    public DockerParameters Docker => docker;

    public ImageHouse Images => images;

    /// <summary>What runs the environments. Asks the hosts when nothing was asked for.</summary>
    public EngineChoice Choose(string? asked) => EngineChoice.Make(asked, images.Named, [.. docker.StagingHosts.Concat(docker.ProductionHosts).Distinct()], time);

    public IShopStage OnDocker(ShopEnvironment environment, IDatabaseServer database, IApplicationFiles files, ArtifactStore store) => new DockerShopStage(
        environment, docker, images, database as GivenDatabase, registry.Repository is { } repository ? new RegistryImages(repository.ToString()) : new LoadedImages(new StoredArchives(store)),
        files, time);

    public IShopStage InProcesses(ShopEnvironment environment, IDatabaseServer database, IApplicationFiles files, ISupervisors supervisors) =>
        new ProcessStage(environment, paths, database, files, program => Install(paths, program), supervisors, time);

    /// <summary>Programs that outlive this one run from a copy, so that compiling anew never touches them.</summary>
    public static string Install(StatePaths paths, string program) =>
        new ProgramStore(paths.Programs).Install(program, Path.Combine(AppContext.BaseDirectory, "programs", program));
}
