namespace Pipeline.Verification.Watching.Judging;

/// <summary>
/// What a release has to keep to under traffic, and how sure one must be that it does not. The reasons stand in docs/verification.md.
/// </summary>
public sealed record JudgeRules
{
    /// <summary>The share of requests that may fail, of all and of those to each critical endpoint; default 1 %.</summary>
    public double ErrorRate { get; init; } = 0.01;

    /// <summary>The mean response; default 500 ms.</summary>
    public double MeanMilliseconds { get; init; } = 500;

    /// <summary>How many times the error rate of the baseline; default 1.5.</summary>
    public double ErrorRatio { get; init; } = 1.5;

    /// <summary>How many times the mean response of the baseline; default 1.3.</summary>
    public double ResponseRatio { get; init; } = 1.3;

    /// <summary>An error rate that exceeds the baseline's by less is no fault; default 0.2 percentage points.</summary>
    public double LeastExtraErrorRate { get; init; } = 0.002;

    /// <summary>A mean response that exceeds the baseline's by less is no fault; default 20 ms.</summary>
    public double LeastExtraMilliseconds { get; init; } = 20;

    /// <summary>Below so many requests, before or after, nothing is compared with the baseline; default 200.</summary>
    public long LeastCompared { get; init; } = 200;

    /// <summary>Below so many requests the mean response is not judged; default 30.</summary>
    public long LeastTimed { get; init; } = 30;

    /// <summary>Fewer failed requests break no rule of error rates at the end, unless all that were made failed; default 3.</summary>
    public long LeastFailures { get; init; } = 3;

    /// <summary>Fewer failed requests end no watch early; default 5.</summary>
    public long LeastEarlyFailures { get; init; } = 5;

    /// <summary>How long an instance may be unhealthy, or the side unseen, before the watch ends early; default 5 seconds.</summary>
    public TimeSpan UnhealthyGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// At the end: how probable the measured numbers may at most be for a release that just keeps the rule, to count as a fault; default 5
    /// %.
    /// </summary>
    public double FinalSignificance { get; init; } = 0.05;

    /// <summary>The same for ending early, over all looks together; default 1 %.</summary>
    public double EarlySignificance { get; init; } = 0.01;
}
