namespace Pipeline.Targets;

/// <summary>How often a target is tried again after it failed.</summary>
public sealed record Retry
{
    private Retry(int attempts, TimeSpan pause)
    {
        Attempts = attempts;
        Pause = pause;
    }

    /// <summary>One attempt and no more: the default.</summary>
    public static Retry Never { get; } = new(1, TimeSpan.Zero);

    /// <summary>How often the target runs at most, the first time included; at least 1.</summary>
    public int Attempts { get; }

    /// <summary>How long to wait between two attempts.</summary>
    public TimeSpan Pause { get; }

    /// <summary>Which failures are worth another attempt; all of them by default. A cancelled run is never tried again.</summary>
    public Func<Exception, bool> When { get; init; } = _ => true;

    /// <summary>Tries a target up to <paramref name="attempts"/> times with a pause between two attempts.</summary>
    /// <param name="attempts">At least 1.</param>
    /// <param name="pause">Zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its bound.</exception>
    public static Retry UpTo(int attempts, TimeSpan pause)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pause, TimeSpan.Zero);
        return new(attempts, pause);
    }
}
