namespace Pipeline.Supervisor.Waiting;

/// <summary>A moment that something is to happen at.</summary>
internal sealed class Due
{
    private readonly TimeProvider time;
    private readonly long from;
    private readonly TimeSpan after;

    private Due(TimeSpan after, TimeProvider time)
    {
        this.time = time;
        this.after = after;
        from = time.GetTimestamp();
    }

    /// <summary>How long until then; zero when it is past.</summary>
    internal TimeSpan Left
    {
        get
        {
            var left = after - time.GetElapsedTime(from);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    internal bool IsPast => Left == TimeSpan.Zero;

    internal static Due In(TimeSpan after, TimeProvider time) => new(after, time);
}
