namespace Pipeline.Artifacts.Registry.Http;

/// <summary>Ends an exchange in which nothing has moved for a while.</summary>
internal sealed class Silence : IDisposable
{
    private readonly TimeSpan limit;
    private readonly CancellationToken cancellation;
    private readonly CancellationTokenSource clock;
    private readonly CancellationTokenSource either;

    public Silence(TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        this.limit = limit;
        this.cancellation = cancellation;
        clock = new CancellationTokenSource(limit, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellation);
    }

    /// <summary>Cancelled by silence or from outside.</summary>
    public CancellationToken Token => either.Token;

    /// <summary>Whether it was the silence.</summary>
    public bool Broke => clock.IsCancellationRequested && !cancellation.IsCancellationRequested;

    /// <summary>Something moved.</summary>
    public void Moved() => clock.CancelAfter(limit);

    public void Dispose()
    {
        either.Dispose();
        clock.Dispose();
    }
}
