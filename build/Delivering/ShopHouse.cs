using System.Collections.Concurrent;
using Build.Checks;
using Build.Environments;
using Build.Environments.Stages;
using Build.Images;
using Build.Registries;
using Build.Sources.Git;
using Build.SupplyChain;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Verifying;
using Pipeline.Configuration.Secrets;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Embedded;
using Pipeline.Postgres.Embedded.Binaries;
using Pipeline.Postgres.Locks;
using Pipeline.Supervision;
using Pipeline.Verification.Watching;

namespace Build.Delivering;

/// <summary>Puts the parts of the delivery together: which adapter stands behind which port, in each environment.</summary>
public sealed class ShopHouse(
    StatePaths paths, ShopParameters parameters, ShopRegistry registry, ShopStages stages, SecretReader secrets, IDeliveryLog log, TimeProvider time) : IDisposable
{
    private readonly Lazy<ISupervisors> supervisors = new(() => new Supervisors(Path.Combine(ShopStages.Install(paths, "supervisor"), "Pipeline.Supervisor.dll"), time));

    private readonly Lazy<GitFacts> sources = new(() => GitFactsReader.ReadAsync(paths.Repository, CancellationToken.None).GetAwaiter().GetResult());

    public StatePaths Paths => paths;

    public IDeliveryLog Log => log;

    public TimeProvider Time => time;

    public ShopParameters Parameters => parameters;

    public PostgresPlaces PostgresPlaces { get; } = PostgresPlaces.OfThisMachine(Path.Combine(paths.Home, "postgres"));

    public ArtifactStore Store { get; } = new(paths.Artifacts);

    public ShopRegistry Registry => registry;

    private ShopOrigin? origin;

    /// <summary>What is said of the artifacts, and whether it is true.</summary>
    public ShopOrigin Origin => origin ??= new(Store, new(paths, parameters.TrustedKeys, secrets));

    private IApplicationFiles? files;

    /// <summary>The applications of releases, fetched and unpacked.</summary>
    public IApplicationFiles Files => files ??= new FetchedFiles(new ApplicationCache(paths.Applications, Store), Store, registry);

    /// <summary>What git knows of the sources. Inputs are declared synchronously, so this waits for git.</summary>
    public GitFacts Sources => sources.Value;

    public ISupervisors Supervisors => supervisors.Value;

    /// <summary>What runs the environments; found out once.</summary>
    public EngineChoice Engine => engine ??= stages.Choose(parameters.Engine);

    public ImageHouse Images => stages.Images;

    public IReadOnlyList<ShopEnvironment> Environments => environments ??= Define();

    private readonly OpenDatabases databases = new();

    private readonly ConcurrentDictionary<string, Lazy<IShopStage>> present = new();

    private EngineChoice? engine;

    private List<ShopEnvironment>? environments;

    private LedgerHouse? ledger;

    public LedgerHouse Ledger => ledger ??= new(
        Database("PIPELINE_LEDGER", "PIPELINE_LEDGER", Path.Combine(paths.Ledger, "postgres"), "ledger"), time);

    /// <summary>Finds the artifact that <c>--release</c> names. One that this clone lacks is fetched when a whole digest names it and there is a registry.</summary>
    public async Task<Digest> FindArtifactAsync(string text, CancellationToken cancellation)
    {
        if (Digest.TryParse(text, out var digest))
            await registry.EnsureHereAsync(Store, digest, cancellation);
        return Store.Find(text).Digest;
    }

    public ShopEnvironment Find(string name) => Environments.Single(environment => environment.Name == name);

    public IDatabaseServer Database(ShopEnvironment environment)
    {
        var variable = $"{ShopSettings.Prefix(environment.Name)}DATABASE_URL";
        return Database($"{environment.Name}: {variable}", variable, paths.Postgres(environment.Name), "shop");
    }

    /// <summary>Where an environment lives: on Docker hosts or in processes of this machine.</summary>
    public IShopStage Stage(ShopEnvironment environment) => present.GetOrAdd(environment.Name, _ => new(() => Engine.IsDocker
        ? stages.OnDocker(environment, Database(environment), Files, Store)
        : stages.InProcesses(environment, Database(environment), Files, Supervisors))).Value;

    public EnvironmentPorts Ports(ShopEnvironment environment, ILedger ledger)
    {
        var delivery = environment.ToDeliveryEnvironment(Engine.Name);
        var stage = Stage(environment);
        var (foundation, edge) = (stage.Foundation, stage.Edge);
        var settings = new ShopSettings(environment, paths, foundation, Files, secrets);
        var migrator = new ShopMigrator(environment.Name, foundation, databases, Files, log, time);
        var checks = new ShopChecks(new EnvironmentSecrets(paths.Secrets(environment.Name), environment.PaymentMode), time);
        return new()
        {
            Environment = delivery,
            Foundation = foundation,
            Engine = stage.Engine,
            Edge = edge,
            Migrator = migrator,
            Settings = settings,
            Readiness = stage.Readiness,
            Smoke = checks,
            Verification = new TrafficWatch(edge, new() { CriticalEndpoints = ShopChecks.CriticalEndpoints }, time),
            Gates = [.. Gates(environment, ledger, edge, settings, migrator)],
        };
    }

    public async Task<Deployer> DeployerAsync(ShopEnvironment environment, CancellationToken cancellation)
    {
        var source = await Ledger.OpenAsync(cancellation);
        var ledger = await Ledger.ReadAsync(cancellation);
        return new(Ports(environment, ledger), ledger, new PostgresDeploymentLock(source, time), log, time);
    }

    public void Dispose()
    {
        ledger?.Dispose();
        databases.Dispose();
        foreach (var stage in present.Values)
            stage.Value.Dispose();
    }

    private IEnumerable<IGate> Gates(ShopEnvironment environment, ILedger ledger, IEdge edge, IInstanceSettings settings, IMigrator migrator)
    {
        yield return new ArtifactGate(Files);
        yield return new SupplyChainGate((digest, cancellation) => Origin.InspectAsync(digest, ledger, cancellation));
        if (environment.RequiresRehearsal)
        {
            yield return new RehearsalGate("tests passing", "build", "test", "run --target SmokeTest on its commit without --release, which tests it", ledger);
            yield return new RehearsalGate("staging validated, smoke test passed", Staging.Name, "smoke", "run --target SmokeTest --release with this digest", ledger);
        }
        yield return new MigrationGate(migrator);
        yield return new ConfigurationGate(settings);
        yield return new RollbackPlanGate(ledger, migrator, Files);
        yield return new MonitoringGate(edge, time);
        yield return new NamedPersonGate("someone on call named", parameters.OnCall ?? Actor.Present, "nobody is named; pass --on-call NAME");
        if (environment.RequiresRehearsal)
            yield return new NamedPersonGate("stakeholders told", parameters.Announced, "nobody was told that this run knows of; pass --announced with the channel or ticket");
    }

    private IDatabaseServer Database(string name, string variable, string directory, string database) =>
        System.Environment.GetEnvironmentVariable(variable) is { Length: > 0 } url
            ? new GivenDatabase(name, SecretVariables.Read(secrets, variable, url))
            : new EmbeddedPostgres(directory, Supervisors, time, new() { Database = database, Places = PostgresPlaces });

    private List<ShopEnvironment> Define()
    {
        ShopEnvironment[] defined = [Staging.Define(parameters.StagingPort, parameters.Watch), Production.Define(parameters.ProductionPort, parameters.Watch)];
        return [.. Engine.IsDocker ? defined.Select(environment => environment with { Host = stages.Docker.AddressOf(environment.Name) }) : defined];
    }
}
