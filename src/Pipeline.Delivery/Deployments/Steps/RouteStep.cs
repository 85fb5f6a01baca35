using Pipeline.Delivery.Traffic;

namespace Pipeline.Delivery.Deployments.Steps;

/// <summary>Makes the release's instances known to the edge, without any traffic of users.</summary>
internal sealed class RouteStep : IDeploymentStep
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(15);

    public string Name => "route";

    public async Task<string?> DoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var destinations = (await context.ObserveCandidatesAsync(cancellation)).Select(instance => new Destination(instance.Id, instance.Address)).ToArray();
        var present = (await context.ObserveEdgeAsync(cancellation)).Backends.FirstOrDefault(backend => backend.Colour == context.Colour);
        if (present is null || present.Digest != context.Release.Digest
            || !present.Destinations.Select(destination => new Destination(destination.Instance, destination.Address)).SequenceEqual(destinations))
            await context.RouteAsync(routes => routes.With(new Backend(context.Colour, context.Release.Digest, 0, destinations)), cancellation);
        await AwaitHealthyAsync(context, cancellation);
        return null;
    }

    public async Task<string?> UndoAsync(DeploymentContext context, CancellationToken cancellation)
    {
        await context.RouteAsync(routes => routes.Without(context.Colour), cancellation);
        return null;
    }

    private static async Task AwaitHealthyAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var began = context.Time.GetTimestamp();
        while (true)
        {
            var destinations = (await context.ObserveEdgeAsync(cancellation)).Backends.Single(backend => backend.Colour == context.Colour).Destinations;
            var sick = destinations.Where(destination => !destination.Healthy).ToArray();
            if (sick.Length == 0)
                return;
            if (context.Time.GetElapsedTime(began) >= ProbeTimeout)
                throw new DeliveryException($"{context.Environment.Name}: the edge does not see "
                    + string.Join(", ", sick.Select(destination => $"{destination.Instance} at {destination.Address.Authority} healthy (last probe: {destination.LastProbe})"))
                    + "; look at the instance's log, then deploy again");
            await Task.Delay(Pause, context.Time, cancellation);
        }
    }
}
