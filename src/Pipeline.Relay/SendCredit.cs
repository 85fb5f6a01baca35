namespace Pipeline.Relay;

/// <summary>How many bytes the other end still takes for one connection, so that one that nobody reads holds up no other.</summary>
internal sealed class SendCredit(int initial)
{
    private readonly Lock guard = new();
    private int available = initial;
    private Exception? broken;
    private TaskCompletionSource? waiter;

    /// <summary>Waits until something may be sent and takes at most the wanted number of bytes.</summary>
    public async ValueTask<int> TakeAsync(int wanted, CancellationToken cancellation)
    {
        while (true)
        {
            Task wait;
            lock (guard)
            {
                if (broken is not null)
                    throw new RelayException(broken.Message, broken);
                if (available > 0)
                {
                    var taken = Math.Min(wanted, available);
                    available -= taken;
                    return taken;
                }
                waiter ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = waiter.Task;
            }
            await wait.WaitAsync(cancellation);
        }
    }

    public void Give(int bytes)
    {
        lock (guard)
        {
            available += bytes;
            Wake();
        }
    }

    public void Break(Exception reason)
    {
        lock (guard)
        {
            broken ??= reason;
            Wake();
        }
    }

    private void Wake()
    {
        waiter?.TrySetResult();
        waiter = null;
    }
}
