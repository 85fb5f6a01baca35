namespace Pipeline.Edge.Worker;

/// <summary>How many requests of any kind the worker is answering.</summary>
internal sealed class ActiveRequests
{
    private int count;

    public int Count => Volatile.Read(ref count);

    public void Began() => Interlocked.Increment(ref count);

    public void Ended() => Interlocked.Decrement(ref count);
}
