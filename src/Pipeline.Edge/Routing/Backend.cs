namespace Pipeline.Edge.Routing;

/// <summary>A side of the edge in one snapshot of the routes.</summary>
internal sealed class Backend(Side side, int weight, Destination[] destinations)
{
    private uint turn;

    public Side Side => side;

    public int Weight => weight;

    public IReadOnlyList<Destination> Destinations => destinations;

    /// <summary>
    /// The destination with the least in flight among those not yet tried: healthy ones first, unhealthy ones when no healthy one is left.
    /// Enters it. Null when all were tried.
    /// </summary>
    public Destination? Choose(IReadOnlyCollection<Destination>? tried)
    {
        while (true)
        {
            var chosen = Least(tried, healthy: true) ?? Least(tried, healthy: false);
            if (chosen is null || chosen.InFlight.TryEnter())
                return chosen;
        }
    }

    private Destination? Least(IReadOnlyCollection<Destination>? tried, bool healthy)
    {
        Destination? least = null;
        var count = int.MaxValue;
        var first = Interlocked.Increment(ref turn);
        for (var offset = 0u; offset < destinations.Length; offset++)
        {
            var candidate = destinations[(first + offset) % (uint)destinations.Length];
            if (candidate.Health.IsHealthy != healthy || candidate.InFlight.Count >= count || tried?.Contains(candidate) == true)
                continue;
            least = candidate;
            count = candidate.InFlight.Count;
        }
        return least;
    }
}
