namespace Pipeline.Edge.Routing;

/// <summary>A count of users of a thing that can be closed for good once nobody uses it.</summary>
internal sealed class InFlight
{
    private const int Closed = int.MinValue / 2;
    private int count;

    /// <summary>How many are inside now.</summary>
    public int Count => Math.Max(0, Volatile.Read(ref count));

    /// <summary>Goes in; false when it was closed.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref count) > 0)
            return true;
        Interlocked.Decrement(ref count);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref count);

    /// <summary>Closes it if nobody is inside; after that nobody gets in any more.</summary>
    public bool TryClose() => Interlocked.CompareExchange(ref count, Closed, 0) == 0;
}
