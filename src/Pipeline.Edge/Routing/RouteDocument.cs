namespace Pipeline.Edge.Routing;

/// <summary>The whole routing of an edge as it is sent to its control socket and kept in its journal.</summary>
/// <param name="Fence">The fencing token of whoever asks for the change.</param>
/// <param name="Backends">At most one for each colour; weights add up to 100, or to 0.</param>
internal sealed record RouteDocument(long Fence, IReadOnlyList<BackendDocument> Backends)
{
    public static RouteDocument None { get; } = new(0, []);
}

/// <param name="Colour"><c>blue</c> or <c>green</c>.</param>
/// <param name="Digest">The release: <c>sha256:…</c>.</param>
/// <param name="Weight">Its share of the requests, 0 to 100.</param>
/// <param name="Destinations">Its instances.</param>
internal sealed record BackendDocument(string Colour, string Digest, int Weight, IReadOnlyList<DestinationDocument> Destinations);

/// <param name="Instance">The instance's id.</param>
/// <param name="Address">Scheme, host and port.</param>
internal sealed record DestinationDocument(string Instance, string Address);
