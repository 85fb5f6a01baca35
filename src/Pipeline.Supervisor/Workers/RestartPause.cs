namespace Pipeline.Supervisor.Workers;

/// <summary>The pause before the next start: 0.1 s, doubled at every quick end up to 10 s, and 0.1 s again after a process that ran for 10 s.</summary>
internal sealed class RestartPause
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(10);
    private TimeSpan next = Shortest;

    /// <summary>The pause after a process that ran for this long.</summary>
    internal TimeSpan After(TimeSpan ran)
    {
        if (ran >= Healthy)
            next = Shortest;
        var pause = next;
        next = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, Longest.Ticks));
        return pause;
    }
}
