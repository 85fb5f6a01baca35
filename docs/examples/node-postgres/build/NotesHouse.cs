using System.Collections.Concurrent;
using Pipeline.Applications;
using Pipeline.Applications.Databases;
using Pipeline.Applications.Delivering;
using Pipeline.Applications.Images;
using Pipeline.Applications.Registries;
using Pipeline.Applications.Settings;
using Pipeline.Applications.Sources.Git;
using Pipeline.Applications.Stages;
using Pipeline.Applications.Stages.Docker;
using Pipeline.Applications.SupplyChain;
using Pipeline.Artifacts;
using Pipeline.Configuration.Secrets;
using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Supervision;
using Pipeline.Targets;
using Pipeline.Verification.Watching;

namespace Notes.Build;

/// <summary>What the notebook is: two environments on Docker hosts, each with a PostgreSQL of its own. This is the file to change for another application.</summary>
public sealed class NotesHouse(
    StatePaths paths, ParameterValues parameters, ImageHouse images, ReleaseRegistry registry, SecretReader secrets, IDeliveryLog log, TimeProvider time) : IApplicationHouse, IDisposable
{
    /// <summary>The beginning of all names on a host, and the name of the database.</summary>
    private const string Name = "notes";

    private readonly DockerParameters docker = DockerParameters.Read(parameters, Name);
    private readonly ConcurrentDictionary<string, DockerStage> stages = new();
    private readonly OpenDatabases databases = new();
    private GitFacts? sources;

    public StatePaths Paths => paths;

    public IDeliveryLog Log => log;

    public TimeProvider Time => time;

    public ArtifactStore Store { get; } = new(paths.Artifacts);

    public IApplicationFiles Files { get; } = new FetchedFiles(new ApplicationCache(paths.Applications, new ArtifactStore(paths.Artifacts)), new ArtifactStore(paths.Artifacts), registry);

    public LedgerHouse Ledger { get; } = LedgerHouse.Of(paths, () => new Supervisors(Path.Combine(paths.Install("supervisor"), "Pipeline.Supervisor.dll"), time), secrets, time);

    public ArtifactOrigin Origin => new(Store, new(paths, parameters.Get(DeliveryParameters.TrustedKeys), secrets)) { BuildType = "urn:pipeline:build:dockerfile:1" };

    /// <summary>What git knows of the sources. Inputs are declared synchronously, so this waits for git.</summary>
    public GitFacts Sources => sources ??= GitFactsReader.ReadAsync(paths.Repository, CancellationToken.None).GetAwaiter().GetResult();

    public IReadOnlyList<DeliveryEnvironment> Environments =>
    [
        Define(EnvironmentNames.Staging, DeliveryParameters.StagingPort) with { RequiresRehearsal = false },
        Define(EnvironmentNames.Production, DeliveryParameters.ProductionPort) with { RequiresRehearsal = true, Approval = ApprovalPolicy.ByPerson },
    ];

    public IStage Stage(string environment) => stages.GetOrAdd(environment, name => new DockerStage(
        new()
        {
            Scope = new EnvironmentScope(Name, name),
            Hosts = docker.HostsOf(name),
            Port = Find(name).Url.Port,
            EdgeImage = DockerParameters.Image(docker.EdgeImage, images, "edge"),
            Entrance = docker.Entrance,
            PostgresImage = DockerParameters.Image(docker.PostgresImage, images, "postgres"),
            RenewDatabase = docker.RenewDatabase,
            Database = Name,
            GivenDatabase = NamedDatabase.Find($"{name}'s database", $"{EnvironmentSettings.Prefix(name)}DATABASE_URL", secrets),
            Releases = registry.ImagesOf(Store),
            SecretKeys = new ReleaseSecrets(name, Files),
        },
        time));

    public EnvironmentPorts Ports(string environment, ILedger ledger)
    {
        var stage = Stage(environment);
        var gates = new StandardGates
        {
            Files = Files,
            Origin = Origin,
            Rehearsals = evidence => [new("staging validated, smoke test passed", EnvironmentNames.Staging, "smoke", "run --target SmokeTest --release with this digest", evidence)],
            OnCall = parameters.Get(DeliveryParameters.OnCall),
            Announced = parameters.Get(DeliveryParameters.Announced),
        };
        return gates.Guard(new()
        {
            Environment = Find(environment),
            Foundation = stage.Foundation,
            Engine = stage.Engine,
            Edge = stage.Edge,
            Migrator = new EnvironmentMigrator(environment, stage.Foundation, databases, Files, log, time),
            Settings = new EnvironmentSettings(environment, paths.Settings(environment), stage.Foundation.ReadSettingsAsync, Files, secrets),
            Readiness = stage.Readiness,
            Smoke = new NotesChecks(time),
            Verification = new TrafficWatch(stage.Edge, new() { CriticalEndpoints = NotesChecks.CriticalEndpoints }, time),
            Gates = [],
        }, ledger, time);
    }

    public void Dispose()
    {
        Ledger.Dispose();
        databases.Dispose();
        foreach (var stage in stages.Values)
            stage.Dispose();
    }

    private DeliveryEnvironment Find(string name) => Environments.Single(environment => environment.Name == name);

    private DeliveryEnvironment Define(string name, Parameter<int> port) => new()
    {
        Name = name,
        Url = new Uri($"http://{docker.AddressOf(name)}:{parameters.Get(port)}"),
        Engine = "docker",
        Instances = 2,
        Watch = parameters.Get(DeliveryParameters.Watch),
    };
}
