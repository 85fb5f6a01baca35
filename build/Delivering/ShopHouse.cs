using System.Collections.Concurrent;
using Build.Checks;
using Build.Environments;
using Build.Environments.Stages;
using Pipeline.Applications.Databases;
using Pipeline.Applications.Images;
using Pipeline.Applications.Registries;
using Pipeline.Applications.Settings;
using Pipeline.Applications.Sources.Git;
using Pipeline.Applications.Stages;
using Pipeline.Applications.SupplyChain;
using Pipeline.Artifacts;
using Pipeline.Configuration.Secrets;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Embedded;
using Pipeline.Postgres.Embedded.Binaries;
using Pipeline.Supervision;
using Pipeline.Verification.Watching;

namespace Build.Delivering;

/// <summary>Puts the parts of the delivery together: which adapter stands behind which port, in each environment.</summary>
public sealed class ShopHouse(
    StatePaths paths, ShopParameters parameters, ReleaseRegistry registry, ShopStages stages, SecretReader secrets, IDeliveryLog log, TimeProvider time) : IApplicationHouse, IDisposable
{
    private readonly Lazy<ISupervisors> supervisors = new(() => new Supervisors(Path.Combine(paths.Install("supervisor"), "Pipeline.Supervisor.dll"), time));

    private readonly Lazy<GitFacts> sources = new(() => GitFactsReader.ReadAsync(paths.Repository, CancellationToken.None).GetAwaiter().GetResult());

    public StatePaths Paths => paths;

    public IDeliveryLog Log => log;

    public TimeProvider Time => time;

    public ShopParameters Parameters => parameters;

    public PostgresPlaces PostgresPlaces { get; } = PostgresPlaces.OfThisMachine(Path.Combine(paths.Home, "postgres"));

    public ArtifactStore Store { get; } = new(paths.Artifacts);

    public ReleaseRegistry Registry => registry;

    private ArtifactOrigin? origin;

    /// <summary>What is said of the artifacts, and whether it is true.</summary>
    public ArtifactOrigin Origin => origin ??= new(Store, new(paths, parameters.TrustedKeys, secrets));

    private IApplicationFiles? files;

    /// <summary>The applications of releases, fetched and unpacked.</summary>
    public IApplicationFiles Files => files ??= new FetchedFiles(new ApplicationCache(paths.Applications, Store), Store, registry);

    /// <summary>What git knows of the sources. Inputs are declared synchronously, so this waits for git.</summary>
    public GitFacts Sources => sources.Value;

    public ISupervisors Supervisors => supervisors.Value;

    /// <summary>What runs the environments; found out once. Asked for where nothing can be awaited, so this waits a moment for this machine's engine.</summary>
    public EngineChoice Engine => engine ??= stages.ChooseAsync(parameters.Engine, CancellationToken.None).GetAwaiter().GetResult();

    public ImageHouse Images => stages.Images;

    public IReadOnlyList<ShopEnvironment> Environments => environments ??= Define();

    private readonly OpenDatabases databases = new();

    private readonly ConcurrentDictionary<string, Lazy<IShopStage>> present = new();

    private EngineChoice? engine;

    private List<ShopEnvironment>? environments;

    private LedgerHouse? ledger;

    public LedgerHouse Ledger => ledger ??= LedgerHouse.Of(paths, () => Supervisors, secrets, time);

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
        var variable = $"{EnvironmentSettings.Prefix(environment.Name)}DATABASE_URL";
        return Database($"{environment.Name}: {variable}", variable, paths.Postgres(environment.Name), "shop");
    }

    /// <summary>Where an environment lives: on Docker hosts or in processes of this machine.</summary>
    public IShopStage Stage(ShopEnvironment environment) => present.GetOrAdd(environment.Name, _ => new(() => Engine.IsDocker
        ? stages.OnDocker(environment, Database(environment), Files, Store)
        : stages.InProcesses(environment, Database(environment), Files, Supervisors))).Value;

    public EnvironmentPorts Ports(ShopEnvironment environment, ILedger ledger)
    {
        var stage = Stage(environment);
        var gates = new StandardGates
        {
            Files = Files,
            Origin = Origin,
            Rehearsals = Rehearsals,
            OnCall = parameters.OnCall,
            Announced = parameters.Announced,
        };
        return gates.Guard(new()
        {
            Environment = environment.ToDeliveryEnvironment(Engine.Name),
            Foundation = new MarkedFoundation(stage.Foundation, stages.Mark(environment.Name), Engine),
            Engine = stage.Engine,
            Edge = stage.Edge,
            Migrator = new EnvironmentMigrator(environment.Name, stage.Foundation, databases, Files, log, time),
            Settings = ShopSettings.Of(environment, paths, stage.Foundation, Files, secrets),
            Readiness = stage.Readiness,
            Smoke = new ShopChecks(new EnvironmentSecrets(paths.Secrets(environment.Name), environment.PaymentMode, EnvironmentSettings.Prefix(environment.Name)), time),
            Verification = new TrafficWatch(stage.Edge, new() { CriticalEndpoints = ShopChecks.CriticalEndpoints }, time),
            Gates = [],
        }, ledger, time);
    }

    IReadOnlyList<DeliveryEnvironment> IApplicationHouse.Environments => [.. Environments.Select(environment => environment.ToDeliveryEnvironment(Engine.Name))];

    IStage IApplicationHouse.Stage(string environment) => Stage(Find(environment));

    EnvironmentPorts IApplicationHouse.Ports(string environment, ILedger ledger) => Ports(Find(environment), ledger);

    IEnumerable<string> IApplicationHouse.Secrets(string environment) =>
        new EnvironmentSecrets(paths.Secrets(environment), Find(environment).PaymentMode, EnvironmentSettings.Prefix(environment)).ReadOrMake().Where(secret => secret.Key != "SHOP_SMOKE_USER").Select(secret => secret.Value);

    public void Dispose()
    {
        ledger?.Dispose();
        databases.Dispose();
        // One that could not be made has nothing to let go, and would fail once more.
        foreach (var stage in present.Values.Where(stage => stage.IsValueCreated))
            stage.Value.Dispose();
    }

    private static IEnumerable<RehearsalGate> Rehearsals(ILedger ledger) =>
    [
        new("tests passing", "build", "test", "run --target SmokeTest on its commit without --release, which tests it", ledger),
        new("staging validated, smoke test passed", Staging.Name, "smoke", "run --target SmokeTest --release with this digest", ledger),
    ];

    private IDatabaseServer Database(string name, string variable, string directory, string database) =>
        (IDatabaseServer?)NamedDatabase.Find(name, variable, secrets)
        ?? new EmbeddedPostgres(directory, Supervisors, time, new() { Database = database, Places = PostgresPlaces });

    private List<ShopEnvironment> Define()
    {
        ShopEnvironment[] defined = [Staging.Define(parameters.StagingPort, parameters.Watch), Production.Define(parameters.ProductionPort, parameters.Watch)];
        return [.. Engine.IsDocker ? defined.Select(environment => environment with { Host = stages.Docker.AddressOf(environment.Name) }) : defined];
    }
}
