using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Delivery.Ports;

/// <summary>The edge of one environment: who gets the traffic.</summary>
public interface IEdge
{
    /// <summary>Starts the edge when it does not run, or brings it to the present program and settings without dropping a connection.</summary>
    Task EnsureRunningAsync(CancellationToken cancellation);

    /// <summary>Starts the edge when it does not run; one that runs stays what it is, for what cannot wait for another program to be brought.</summary>
    Task KeepRunningAsync(CancellationToken cancellation) => EnsureRunningAsync(cancellation);

    /// <summary>What the edge says of itself; null when it does not run.</summary>
    Task<EdgeStatus?> ObserveAsync(CancellationToken cancellation);

    /// <summary>Replaces all routes in one step. They are on disk before they take effect.</summary>
    /// <exception cref="DeliveryException">The token is older than the last one the edge accepted, or the routes are invalid.</exception>
    Task ApplyAsync(EdgeRoutes routes, FencingToken token, CancellationToken cancellation);

    /// <summary>Waits until no request is in flight to a side, at most the given time; returns the number still in flight.</summary>
    Task<int> DrainAsync(Colour colour, TimeSpan atMost, CancellationToken cancellation);

    /// <summary>A way to one side that users do not have, whatever its weight.</summary>
    PrivateRoute PrivateRouteTo(Colour colour);
}
