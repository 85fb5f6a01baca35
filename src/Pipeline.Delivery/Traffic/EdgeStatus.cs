namespace Pipeline.Delivery.Traffic;

/// <summary>What an edge says of itself.</summary>
/// <param name="StartedAt">When its present worker process started.</param>
/// <param name="Fence">The highest fencing token it has accepted.</param>
/// <param name="Backends">Its backends with what was counted for them.</param>
public sealed record EdgeStatus(DateTimeOffset StartedAt, long Fence, IReadOnlyList<BackendStatus> Backends)
{
    /// <summary>The routes in effect.</summary>
    public EdgeRoutes Routes() => new([.. Backends.Select(backend => new Backend(
        backend.Colour, backend.Digest, backend.Weight, [.. backend.Destinations.Select(d => new Destination(d.Instance, d.Address))]))]);

    /// <summary>The side with the greatest weight; null when nothing is routed.</summary>
    public BackendStatus? Active() => Backends.Where(backend => backend.Weight > 0).MaxBy(backend => backend.Weight);
}
