using Build.Diagnosis;
using Build.Images;
using Pipeline.Containers;
using Pipeline.Containers.Databases;
using Pipeline.Containers.Images;
using Pipeline.Containers.Sandboxes;
using Pipeline.Delivery.Ports;
using Pipeline.Engines.Docker;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Docker.Images;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Postgres.Connections;

namespace Build.Environments.Stages.Docker;

/// <summary>An environment as containers on one or several Docker hosts.</summary>
public sealed class DockerShopStage : IShopStage
{
    // So far from the edge's port and from each other that those of two environments with neighbouring ports on one host never meet.
    private const int InboxPortDistance = 100;
    private const int MailPortDistance = 200;
    private const int DatabasePortDistance = 300;
    private readonly IReadOnlyList<DockerHost> hosts;
    private readonly TimeProvider time;
    private readonly EnvironmentStage stage;
    private readonly DatabaseContainer? container;
    private readonly TunnelledReadiness readiness;

    /// <param name="environment">The environment.</param>
    /// <param name="parameters">Hosts and images.</param>
    /// <param name="images">Makes the images that are not named.</param>
    /// <param name="given">The database that somebody else runs; null for one of its own.</param>
    /// <param name="releases">How the images of releases come onto the hosts.</param>
    /// <param name="files">The applications of releases.</param>
    /// <param name="time">The clock.</param>
    public DockerShopStage(
        ShopEnvironment environment, DockerParameters parameters, ImageHouse images, GivenDatabase? given, IReleaseImages releases, IApplicationFiles files, TimeProvider time)
    {
        this.time = time;
        hosts = parameters.HostsOf(environment.Name);
        var settings = new StageSettings
        {
            Scope = new EnvironmentScope(parameters.Service, environment.Name),
            Hosts = hosts,
            Port = environment.Port,
            EdgeImage = Image(parameters.EdgeImage, "edge"),
        };
        stage = new EnvironmentStage(settings, time);
        readiness = new TunnelledReadiness(stage.Tunnel, time);
        var spread = hosts.Count > 1;
        container = given is not null ? null : new DatabaseContainer(stage, settings, new()
        {
            Image = Image(parameters.PostgresImage, "postgres"),
            Database = "shop",
            PublishedPort = spread ? environment.Port + DatabasePortDistance : null,
        }, time);
        var sandbox = new SandboxContainer(stage, settings, new()
        {
            Image = Image(parameters.SandboxImage, "sandbox"),
            PaymentMode = environment.PaymentMode,
            HttpPort = environment.Port + InboxPortDistance,
            SmtpPort = spread ? environment.Port + MailPortDistance : null,
        });
        Foundation = new DockerFoundation(stage, given is not null ? new GivenShopDatabase(given) : new OwnDatabase(container!), sandbox);
        Engine = new DockerEngine(new()
        {
            Scope = settings.Scope,
            Hosts = hosts,
            Images = releases,
            SecretKeys = new ReleaseSecrets(environment.Name, files),
        }, time);

        IHostImage Image(string? name, string recipe) => name is null ? new RecipeImage(images, recipe) : new NamedImage(name);
    }

    public IShopFoundation Foundation { get; }

    public IEngine Engine { get; }

    public IEdge Edge => stage.Edge;

    public IReadinessProbe Readiness => readiness;

    public IEnumerable<IExamination> Examinations => hosts.Select(host => new HostExamination(host, time));

    public Task StopAsync(CancellationToken cancellation) => stage.RemoveContainersAsync(cancellation);

    public Task ForgetAsync(CancellationToken cancellation) => stage.RemoveEverythingAsync(cancellation);

    public void Dispose()
    {
        readiness.Dispose();
        container?.Dispose();
        stage.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
