namespace Pipeline.Edge.Routing;

/// <summary>Holds the routes in effect and swaps them in one step; sides and destinations that both the old and the new routes name go on.</summary>
internal sealed class RouteBoard(EdgeServices services)
{
    private readonly Lock swapping = new();
    private RouteTable table = new(RouteDocument.None, []);
    private uint requests;

    public RouteTable Table => Volatile.Read(ref table);

    public void Swap(RouteDocument document)
    {
        List<Destination> gone;
        lock (swapping)
        {
            var old = table;
            var next = new RouteTable(document, [.. document.Backends.Select(backend => Bring(backend, old))]);
            Interlocked.Exchange(ref table, next);
            var kept = next.Backends.SelectMany(backend => backend.Destinations).ToHashSet();
            gone = [.. old.Backends.SelectMany(backend => backend.Destinations).Where(destination => !kept.Contains(destination))];
        }
        foreach (var destination in gone)
            _ = destination.RetireAsync(services.Time);
    }

    /// <summary>The backend that the next user's request goes to, entered; null when nothing is routed.</summary>
    public Backend? EnterNext()
    {
        while (true)
        {
            var read = Table;
            var backend = read.ByTurn(Interlocked.Increment(ref requests));
            if (backend is null)
                return null;
            backend.Side.InFlight.TryEnter();
            // Entered under these routes for certain: whoever swaps them and then reads the count sees this request or is seen by it.
            if (ReferenceEquals(Interlocked.CompareExchange(ref table, null!, null!), read))
                return backend;
            backend.Side.InFlight.Leave();
        }
    }

    private Backend Bring(BackendDocument wanted, RouteTable old)
    {
        var before = old.Backends.FirstOrDefault(backend => backend.Side.Colour == wanted.Colour && backend.Side.Digest == wanted.Digest);
        var side = before?.Side ?? new Side(wanted.Colour, wanted.Digest, services.Time.GetUtcNow());
        var destinations = (wanted.Destinations ?? []).Select(document =>
            before?.Destinations.FirstOrDefault(known => known.Instance == document.Instance && known.Prefix == document.Address.TrimEnd('/'))
            ?? new Destination(document, wanted.Digest, services));
        return new Backend(side, wanted.Weight, [.. destinations]);
    }
}
