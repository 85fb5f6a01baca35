using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Delivery.Deployments;

/// <summary>Changes of the sides behind an edge.</summary>
internal static class Sides
{
    /// <summary>The routes without a side.</summary>
    public static EdgeRoutes Without(this EdgeRoutes routes, Colour colour) =>
        new([.. routes.Backends.Where(backend => backend.Colour != colour)]);

    /// <summary>The routes with a side put in or replaced.</summary>
    public static EdgeRoutes With(this EdgeRoutes routes, Backend backend) =>
        new([.. routes.Without(backend.Colour).Backends, backend]);

    /// <summary>The routes with all traffic on one side, which must be among them.</summary>
    public static EdgeRoutes Only(this EdgeRoutes routes, Colour colour) =>
        new([.. routes.Backends.Select(backend => backend with { Weight = backend.Colour == colour ? 100 : 0 })]);

    /// <summary>Takes the release's side off the edge, waits for its last requests, and stops the given instances of it.</summary>
    public static async Task RemoveAsync(DeploymentContext context, IReadOnlyList<Instance> instances, CancellationToken cancellation)
    {
        if ((await context.ObserveEdgeAsync(cancellation)).Backends.Any(backend => backend.Colour == context.Colour))
        {
            await context.Ports.Edge.DrainAsync(context.Colour, context.Environment.DrainTimeout, cancellation);
            await context.RouteAsync(routes => routes.Without(context.Colour), cancellation);
        }
        await Task.WhenAll(instances.Select(instance => context.Ports.Engine.StopAsync(instance.Id, cancellation)));
    }
}
