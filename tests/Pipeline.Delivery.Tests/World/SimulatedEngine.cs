using System.Collections.Concurrent;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Tests.World;

internal sealed class SimulatedEngine(SimulatedWorld world) : IEngine
{
    private int nextPort = 40000;

    public ConcurrentDictionary<string, Instance> Instances { get; } = new();

    /// <summary>The instance with whose start its host goes away.</summary>
    public string? LosesItsHost { get; set; }

    /// <summary>The instance whose host is away.</summary>
    public string? Lost { get; set; }

    public Task<ReachableEngine> ReachAsync(CancellationToken cancellation) =>
        Task.FromResult(Lost is null ? new ReachableEngine(this, []) : new ReachableEngine(new WithoutHost(this, Lost[^1]), ["host two does not answer; start it"]));

    public Task<IReadOnlyList<Instance>> ObserveAsync(CancellationToken cancellation) => Lost is null
        ? Task.FromResult<IReadOnlyList<Instance>>([.. Instances.Values])
        : throw new PartlyObservedException("host two does not answer; start it", [.. Instances.Values.Where(instance => instance.Id[^1] != Lost[^1])]);

    public async Task<Instance> StartAsync(InstanceSpecification instance, CancellationToken cancellation)
    {
        if (Instances.TryGetValue(instance.Id, out var present) && present.Digest == instance.Digest && present.SettingsFingerprint == instance.SettingsFingerprint())
            return present;
        if (instance.Id == LosesItsHost)
        {
            await Task.Yield();
            Lost = instance.Id;
            throw new DeliveryException("host two does not answer; start it");
        }
        return await BeginAsync(instance);
    }

    public Task StopAsync(string id, CancellationToken cancellation) => world.EffectAsync(() => Instances.TryRemove(id, out _));

    public Task<IReadOnlyList<string>> ReadLogAsync(string id, int lines, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([$"{id} says: no such table"]);

    private async Task<Instance> BeginAsync(InstanceSpecification instance)
    {
        var started = new Instance(
            instance.Id, instance.Colour, instance.Digest, instance.SettingsFingerprint(), new($"http://127.0.0.1:{Interlocked.Increment(ref nextPort)}"),
            Running: true, DateTimeOffset.UnixEpoch, Restarts: 0, LastExit: null);
        await world.EffectAsync(() => Instances[instance.Id] = started);
        return started;
    }

    private sealed class WithoutHost(SimulatedEngine whole, char away) : IEngine
    {
        private readonly ConcurrentDictionary<string, Instance> moved = new();

        public Task<IReadOnlyList<Instance>> ObserveAsync(CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<Instance>>([.. whole.Instances.Values.Where(instance => instance.Id[^1] != away).Concat(moved.Values)]);

        public async Task<Instance> StartAsync(InstanceSpecification instance, CancellationToken cancellation) => instance.Id[^1] == away
            ? moved[instance.Id] = await whole.BeginAsync(instance)
            : await whole.StartAsync(instance, cancellation);

        public Task StopAsync(string id, CancellationToken cancellation) => whole.StopAsync(id, cancellation);

        public Task<IReadOnlyList<string>> ReadLogAsync(string id, int lines, CancellationToken cancellation) => whole.ReadLogAsync(id, lines, cancellation);
    }
}
