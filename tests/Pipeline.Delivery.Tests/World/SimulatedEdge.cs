using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Delivery.Tests.World;

internal sealed class SimulatedEdge(SimulatedWorld world) : IEdge
{
    private static readonly LatencyHistogram NoLatencies = new([10, 100], [0, 0, 0], 0);
    private long fence;

    public EdgeRoutes Routes { get; private set; } = EdgeRoutes.None;

    public Task EnsureRunningAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<EdgeStatus?> ObserveAsync(CancellationToken cancellation) => Task.FromResult<EdgeStatus?>(new(
        DateTimeOffset.UnixEpoch, fence, [.. Routes.Backends.Select(backend => new BackendStatus(
            backend.Colour, backend.Digest, backend.Weight, 0, new(DateTimeOffset.UnixEpoch, 0, 0, NoLatencies),
            [.. backend.Destinations.Select(destination => new DestinationStatus(
                destination.Instance, destination.Address, world.Engine.Instances.ContainsKey(destination.Instance), "200"))]))]));

    public Task ApplyAsync(EdgeRoutes routes, FencingToken token, CancellationToken cancellation)
    {
        if (token.Value < fence)
            throw new DeliveryException($"the edge has seen token {fence}; this run has {token.Value}");
        return world.EffectAsync(() => (Routes, fence) = (routes, token.Value));
    }

    public Task<int> DrainAsync(Colour colour, TimeSpan atMost, CancellationToken cancellation) => Task.FromResult(0);

    public PrivateRoute PrivateRouteTo(Colour colour) => new("private.sock", "Pipeline-Backend", colour);
}
