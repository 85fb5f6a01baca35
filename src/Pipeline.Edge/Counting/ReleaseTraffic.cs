namespace Pipeline.Edge.Counting;

/// <summary>What users asked of one release and how it answered. Requests that a user gave up are in neither number.</summary>
/// <param name="since">When counting started.</param>
internal sealed class ReleaseTraffic(DateTimeOffset since)
{
    private long requests;
    private long failures;
    private long abandoned;

    public DateTimeOffset Since => since;

    public LatencyBuckets Latency { get; } = new();

    public long Requests => Interlocked.Read(ref requests);

    public long Failures => Interlocked.Read(ref failures);

    public long Abandoned => Interlocked.Read(ref abandoned);

    public void Answered(TimeSpan latency)
    {
        Latency.Add(latency);
        Interlocked.Increment(ref requests);
    }

    public void Failed(TimeSpan latency)
    {
        Interlocked.Increment(ref failures);
        Answered(latency);
    }

    public void Abandon() => Interlocked.Increment(ref abandoned);
}
