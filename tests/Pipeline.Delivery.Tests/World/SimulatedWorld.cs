using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Tests.World;

/// <summary>
/// An environment that lives in memory and outlasts the runs that deploy to it. Any effect or record can be made the last thing a run does: it then hangs
/// there for ever, as a killed process does, and its lock is free.
/// </summary>
internal sealed class SimulatedWorld
{
    private readonly TaskCompletionSource killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int effects;

    public SimulatedWorld()
    {
        Engine = new(this);
        Edge = new(this);
        Ledger = new(this);
        Database = new(this);
    }

    public SimulatedEngine Engine { get; }

    public SimulatedEdge Edge { get; }

    public SimulatedLedger Ledger { get; }

    public SimulatedDatabase Database { get; }

    public SimulatedLock Lock { get; } = new();

    public List<string> Outages { get; } = [];

    public List<string> Told { get; } = [];

    public bool ServedOnce { get; private set; }

    /// <summary>The number of the effect after which the run is killed; 0 for none.</summary>
    public int KillAfter { get; set; }

    public Func<Release, bool> GetsReady { get; set; } = _ => true;

    public Func<Release, bool> PassesSmoke { get; set; } = _ => true;

    public Func<Release, bool> HoldsUnderTraffic { get; set; } = _ => true;

    public Dictionary<string, string> Settings { get; } = new() { ["KEY"] = "value" };

    public int EffectsSoFar => effects;

    public static DeliveryEnvironment Environment { get; } = new()
    {
        Name = "production",
        Url = new("http://127.0.0.1:18082"),
        Engine = "process",
        Instances = 2,
        ReadyTimeout = TimeSpan.FromMilliseconds(300),
    };

    public Deployer NewRun(params Gates.IGate[] gates) => new(Ports(gates), Ledger, Lock, new ListLog(Told), TimeProvider.System);

    public EnvironmentPorts Ports(params Gates.IGate[] gates) => new()
    {
        Environment = Environment,
        Foundation = new Nothing(),
        Engine = Engine,
        Edge = Edge,
        Migrator = Database,
        Settings = new FixedSettings(Settings),
        Readiness = new SimulatedChecks(this),
        Smoke = new SimulatedChecks(this),
        Verification = new SimulatedChecks(this),
        Gates = gates,
    };

    public Task<EnvironmentObservation> ObserveAsync() => new EnvironmentObserver(Ports(), Ledger).ObserveAsync(TestContext.Current.CancellationToken);

    /// <summary>Runs until it ends or is killed; true when it was killed.</summary>
    public async Task<bool> RunOrBeKilledAsync(Func<Deployer, Task> run, int killAfter)
    {
        effects = 0;
        KillAfter = killAfter;
        var running = run(NewRun());
        var killedFirst = await Task.WhenAny(running, killed.Task) == killed.Task;
        KillAfter = 0;
        if (!killedFirst)
            await running;
        Lock.BreakConnection();
        return killedFirst;
    }

    /// <summary>Everything that changes the world passes here, so that users can be looked after each time.</summary>
    public async Task EffectAsync(Action effect)
    {
        await Task.Yield();
        if (killed.Task.IsCompleted && KillAfter > 0)
            await Task.Delay(Timeout.Infinite);
        effect();
        LookAtUsers();
        effects++;
        if (effects != KillAfter)
            return;
        killed.TrySetResult();
        await Task.Delay(Timeout.Infinite);
    }

    private void LookAtUsers()
    {
        var serves = Edge.Routes.Backends.FirstOrDefault(backend => backend.Weight > 0) is { } active
            && active.Destinations.Any(destination => Engine.Instances.TryGetValue(destination.Instance, out var instance) && instance.Digest == active.Digest);
        if (ServedOnce && !serves)
            Outages.Add($"after effect {effects + 1}");
        ServedOnce |= serves;
    }
}
