namespace Pipeline.Verification.Load.Sending;

/// <summary>Counts requests on their way.</summary>
internal sealed class InFlight(int most)
{
    private readonly TaskCompletionSource empty = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One for the sending itself, taken away when it is over.</summary>
    private int count = 1;

    /// <summary>Whether one more may be on its way.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref count) <= most + 1)
            return true;
        Leave();
        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref count) == 0)
            empty.TrySetResult();
    }

    /// <summary>Something went wrong that is no outcome of a request; whoever waits is told.</summary>
    public void Fault(Exception unexpected) => empty.TrySetException(unexpected);

    /// <summary>To be called once, when no more will enter.</summary>
    public Task WhenEmptyAsync()
    {
        Leave();
        return empty.Task;
    }
}
