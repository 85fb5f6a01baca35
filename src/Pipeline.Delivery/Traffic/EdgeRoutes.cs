using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Traffic;

/// <summary>The whole routing of an edge, swapped as one.</summary>
/// <param name="Backends">At most one for each colour. Their weights add up to 100, or to 0 when nothing is routed.</param>
public sealed record EdgeRoutes(IReadOnlyList<Backend> Backends)
{
    /// <summary>An edge without any backend answers 503.</summary>
    public static EdgeRoutes None { get; } = new([]);
}

/// <summary>A side of the environment behind the edge.</summary>
/// <param name="Colour">Its name.</param>
/// <param name="Digest">The release it runs: the <c>Pipeline-Release</c> header of its answers.</param>
/// <param name="Weight">Its share of the requests, 0 to 100.</param>
/// <param name="Destinations">Its instances; at least one when the weight is above 0.</param>
public sealed record Backend(Colour Colour, Digest Digest, int Weight, IReadOnlyList<Destination> Destinations);

/// <summary>Where one instance listens.</summary>
/// <param name="Instance">The instance's id.</param>
/// <param name="Address">Scheme, host and port: <c>http://127.0.0.1:41234</c>.</param>
public sealed record Destination(string Instance, Uri Address);
