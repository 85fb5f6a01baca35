using Pipeline.Containers;
using Pipeline.Containers.Databases;
using Pipeline.Delivery.Ports;
using Pipeline.Engines.Docker;
using Pipeline.Engines.Docker.Hosts;

namespace Pipeline.Applications.Stages.Docker;

/// <summary>An environment as containers on one or several Docker hosts: network, door, keeper, edge, PostgreSQL and instances.</summary>
public sealed class DockerStage : IStage
{
    // So far from the edge's port that those of two environments with neighbouring ports on one host never meet.
    private const int DatabasePortDistance = 300;
    private readonly DatabaseContainer? container;
    private readonly TunnelledReadiness readiness;

    /// <param name="settings">What it is.</param>
    /// <param name="time">The clock.</param>
    public DockerStage(DockerStageSettings settings, TimeProvider time)
    {
        Containers = new StageSettings
        {
            Scope = settings.Scope,
            Hosts = settings.Hosts,
            Port = settings.Port,
            EdgeImage = settings.EdgeImage,
            Entrance = settings.Entrance,
        };
        Stage = new EnvironmentStage(Containers, time);
        readiness = new TunnelledReadiness(Stage.Tunnel, time);
        container = settings.GivenDatabase is not null ? null : new DatabaseContainer(Stage, Containers, new()
        {
            Image = settings.PostgresImage,
            Renew = settings.RenewDatabase,
            Database = settings.Database,
            PublishedPort = settings.Hosts.Count > 1 ? settings.Port + DatabasePortDistance : null,
        }, time);
        Database = settings.GivenDatabase is { } given ? new GivenStageDatabase(given) : new OwnDatabase(container!);
        Engine = new DockerEngine(new() { Scope = settings.Scope, Hosts = settings.Hosts, Images = settings.Releases, SecretKeys = settings.SecretKeys }, time);
    }

    /// <summary>What the containers beside the instances are made of.</summary>
    public StageSettings Containers { get; }

    /// <summary>The containers beside database and instances.</summary>
    public EnvironmentStage Stage { get; }

    /// <summary>The database.</summary>
    public IStageDatabase Database { get; }

    /// <summary>For an application that needs nothing but its database: instances get its address as <c>DATABASE_URL</c>.</summary>
    public IStageFoundation Foundation => new DatabaseFoundation(Stage, Database);

    /// <inheritdoc />
    public bool IsOnThisMachine => Containers.Hosts.All(host => host.IsLocal);

    /// <inheritdoc />
    public StageHosts Hosts => Containers.Hosts.Contains(DockerHost.OfThisMachine) ? StageHosts.Found : StageHosts.Named;

    /// <inheritdoc />
    public bool OutlivesClones => true;

    /// <inheritdoc />
    public IEngine Engine { get; }

    /// <inheritdoc />
    public IEdge Edge => Stage.Edge;

    /// <inheritdoc />
    public IReadinessProbe Readiness => readiness;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellation) => Stage.RemoveContainersAsync(cancellation);

    /// <inheritdoc />
    public Task ForgetAsync(CancellationToken cancellation) => Stage.RemoveEverythingAsync(cancellation);

    /// <inheritdoc />
    public void Dispose()
    {
        readiness.Dispose();
        container?.Dispose();
        Stage.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
