namespace Pipeline.Delivery.Traffic;

/// <summary>The whole routing of an edge, swapped as one.</summary>
/// <param name="Backends">At most one for each colour. Their weights add up to 100, or to 0 when nothing is routed.</param>
public sealed record EdgeRoutes(IReadOnlyList<Backend> Backends)
{
    /// <summary>An edge without any backend answers 503.</summary>
    public static EdgeRoutes None { get; } = new([]);
}
