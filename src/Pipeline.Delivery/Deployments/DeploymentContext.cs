using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Delivery.Deployments;

/// <summary>What the steps of one deployment know.</summary>
internal sealed record DeploymentContext
{
    private IReadOnlyDictionary<string, string>? settings;

    public required EnvironmentPorts Ports { get; init; }

    public required DeploymentRecord Record { get; init; }

    public required FencingToken Token { get; init; }

    public required IDeliveryLog Log { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The edge as it was when the deployment (or its resumption) began.</summary>
    public required EdgeStatus Before { get; init; }

    public DeliveryEnvironment Environment => Ports.Environment;

    public Release Release => Record.Release;

    /// <summary>The side that the release goes to.</summary>
    public Colour Colour => Record.Colour;

    /// <summary>The side that served before, and serves again when the deployment is undone; null when nothing served.</summary>
    public BackendStatus? Old => Before.Backends.FirstOrDefault(backend => backend.Colour == Colour.Other());

    /// <summary>The ids of the instances on the release's side.</summary>
    public IEnumerable<string> InstanceIds() => InstanceIds(Colour);

    /// <summary>The ids of the instances on a side.</summary>
    public IEnumerable<string> InstanceIds(Colour colour) =>
        Enumerable.Range(1, Environment.Instances).Select(number => $"{Environment.Name}-{colour.Name()}-{number}");

    /// <summary>Reads the instances of the release's side, in the order of their ids.</summary>
    public async Task<IReadOnlyList<Instance>> ObserveCandidatesAsync(CancellationToken cancellation) =>
        [.. (await Ports.Engine.ObserveAsync(cancellation)).Where(instance => instance.Colour == Colour).OrderBy(instance => instance.Id, StringComparer.Ordinal)];

    /// <summary>What the release's instances are configured with, read once: all steps must mean the same instances.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadSettingsAsync(CancellationToken cancellation) =>
        settings ??= await Ports.Settings.ReadAsync(Release, cancellation);

    /// <summary>Reads the edge, which must be running by now.</summary>
    public async Task<EdgeStatus> ObserveEdgeAsync(CancellationToken cancellation) =>
        await Ports.Edge.ObserveAsync(cancellation)
        ?? throw new DeliveryException($"{Environment.Name}: the edge at {Environment.Url} does not answer on its control socket; look at its log with --target Status, then run again");

    /// <summary>Replaces the edge's routes by a change of those in effect.</summary>
    public async Task RouteAsync(Func<EdgeRoutes, EdgeRoutes> change, CancellationToken cancellation) =>
        await Ports.Edge.ApplyAsync(change((await ObserveEdgeAsync(cancellation)).Routes()), Token, cancellation);
}
