namespace Pipeline.Edge.Routing;

/// <summary>All routes at one moment. Never changed, only replaced as a whole.</summary>
internal sealed class RouteTable(RouteDocument document, Backend[] backends)
{
    private readonly WeightedTurns turns = new([.. backends.Select(backend => backend.Weight)]);

    public RouteDocument Document => document;

    public IReadOnlyList<Backend> Backends => backends;

    public Backend? ByTurn(uint request) => turns.Of(request) is { } index ? backends[index] : null;

    public Backend? ByColour(string colour) => Array.Find(backends, backend => backend.Side.Colour == colour);
}
