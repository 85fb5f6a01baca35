namespace Pipeline.Edge.Routing;

/// <summary>Keeps users' requests waiting for a moment. A hold ends by itself.</summary>
internal sealed class Hold(int maxHeld, TimeProvider time)
{
    private volatile Waiting? waiting;
    private int held;

    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests wait now.</summary>
    public int Held => Volatile.Read(ref held);

    /// <summary>When the present hold ends by itself; null when there is none.</summary>
    public DateTimeOffset? Until => waiting?.Until;

    public bool IsOn => waiting is not null;

    public void Start(TimeSpan atMost)
    {
        var started = new Waiting(time.GetUtcNow() + atMost);
        var old = Interlocked.Exchange(ref waiting, started);
        started.Timer = time.CreateTimer(_ => End(started), null, atMost, Timeout.InfiniteTimeSpan);
        // Those who waited for the old hold now wait for the new one: they look again.
        old?.End();
    }

    public void Release()
    {
        var old = Interlocked.Exchange(ref waiting, null);
        old?.End();
    }

    /// <summary>Waits until no hold is on; false at once when too many wait already.</summary>
    public async Task<bool> PassAsync(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref held) > maxHeld)
        {
            Interlocked.Decrement(ref held);
            return false;
        }
        try
        {
            while (waiting is { } current)
                await current.Ended.WaitAsync(cancellation);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref held);
        }
    }

    private void End(Waiting ended)
    {
        Interlocked.CompareExchange(ref waiting, null, ended);
        ended.End();
    }

    private sealed class Waiting(DateTimeOffset until)
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DateTimeOffset Until => until;

        public ITimer? Timer { get; set; }

        public Task Ended => ended.Task;

        public void End()
        {
            Timer?.Dispose();
            ended.TrySetResult();
        }
    }
}
