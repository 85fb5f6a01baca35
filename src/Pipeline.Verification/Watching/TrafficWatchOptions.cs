using Pipeline.Verification.Watching.Judging;

namespace Pipeline.Verification.Watching;

/// <summary>How a release is watched after it got the traffic.</summary>
public sealed record TrafficWatchOptions
{
    /// <summary>
    /// The paths that must work: the watch asks each of them in turn, by GET on the environment's own address. At least one. A status below
    /// 500, a redirect too, is an answer.
    /// </summary>
    public required IReadOnlyList<string> CriticalEndpoints { get; init; }

    /// <summary>How many requests the watch makes a second, over all endpoints; 1 to 1000, default 20.</summary>
    public int RequestsPerSecond { get; init; } = 20;

    /// <summary>After how long a request of the watch counts as failed; default 5 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the edge is read and the release judged; default 0.5 seconds.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The least time to watch, whatever the environment says; default 2 seconds.</summary>
    public TimeSpan LeastWatch { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What the release has to keep to.</summary>
    public JudgeRules Rules { get; init; } = new();

    /// <summary>Told what was measured at every look; null for nobody.</summary>
    public IProgress<WatchEvidence>? Progress { get; init; }

    /// <exception cref="ArgumentException">Something is out of bounds; the message names all of it.</exception>
    internal void Validate()
    {
        string?[] faults =
        [
            CriticalEndpoints.Count == 0 ? "CriticalEndpoints is empty; name at least one path that must work, as /" : null,
            .. CriticalEndpoints.Where(path => !path.StartsWith('/')).Select(path => $"critical endpoint '{path}' is no path; begin it with /"),
            RequestsPerSecond is < 1 or > 1000 ? $"RequestsPerSecond is {RequestsPerSecond}; it must be 1 to 1000" : null,
            RequestTimeout <= TimeSpan.Zero ? $"RequestTimeout is {RequestTimeout}; it must be above zero" : null,
            Interval < TimeSpan.FromMilliseconds(10) ? $"Interval is {Interval}; it must be 10 ms or more" : null,
        ];
        if (faults.OfType<string>().ToArray() is { Length: > 0 } found)
            throw new ArgumentException(string.Join('\n', found));
    }
}
