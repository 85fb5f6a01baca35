using Pipeline.Verification.Load.Reports;

namespace Pipeline.Verification.Load.Measuring;

/// <summary>Closes each second when the next one begins, so that one recorder serves all of them.</summary>
internal sealed class SecondSeries(IProgress<LoadSecond>? progress)
{
    private readonly List<LoadSecond> closed = [];
    private readonly OpenSecond open = new();

    /// <summary>The second of a moment; a moment before the open second counts to the open one.</summary>
    public OpenSecond At(TimeSpan sinceStart)
    {
        while (closed.Count < (int)sinceStart.TotalSeconds)
            CloseOne();
        return open;
    }

    public IReadOnlyList<LoadSecond> Close()
    {
        CloseOne();
        return [.. closed];
    }

    private void CloseOne()
    {
        var latency = open.Latency.Distribution();
        var second = new LoadSecond(closed.Count, open.Sent, open.Succeeded, open.Failed, latency.P50Milliseconds, latency.P99Milliseconds, latency.MaxMilliseconds);
        closed.Add(second);
        (open.Sent, open.Succeeded, open.Failed) = (0, 0, 0);
        open.Latency.Clear();
        progress?.Report(second);
    }
}

/// <summary>The second that is counted now.</summary>
internal sealed class OpenSecond
{
    public LatencyRecorder Latency { get; } = new();

    public long Sent { get; set; }

    public long Succeeded { get; set; }

    public long Failed { get; set; }
}
