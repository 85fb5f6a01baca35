namespace Pipeline.Verification.Load.Plans;

/// <summary>What the numbers of a load are held to; null for what is not.</summary>
public sealed record LoadLimits
{
    /// <summary>The share of requests that may fail; default none.</summary>
    public double ErrorRate { get; init; }

    /// <summary>The median latency.</summary>
    public TimeSpan? Median { get; init; }

    /// <summary>The latency that 95 of 100 requests keep.</summary>
    public TimeSpan? P95 { get; init; }

    /// <summary>The latency that 99 of 100 requests keep.</summary>
    public TimeSpan? P99 { get; init; }

    /// <summary>The latency that 999 of 1000 requests keep.</summary>
    public TimeSpan? P999 { get; init; }

    /// <summary>
    /// The share of the intended rate that must have been sent; below it the generator was the bottleneck and the numbers are its own.
    /// Default 99 %. Ignored for a closed model.
    /// </summary>
    public double AchievedRate { get; init; } = 0.99;
}
