namespace Pipeline.Delivery.Deployments;

/// <summary>One recorded moment of a step.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Phase">Which moment.</param>
/// <param name="At">When.</param>
/// <param name="Detail">What it did or why it failed; null when there is nothing to say.</param>
public sealed record StepRecord(string Step, StepPhase Phase, DateTimeOffset At, string? Detail);

/// <summary>The recorded moments of a step.</summary>
public enum StepPhase
{
    /// <summary>About to begin.</summary>
    Started,

    /// <summary>Done.</summary>
    Finished,

    /// <summary>Could not be done.</summary>
    Failed,

    /// <summary>Taken back.</summary>
    Undone,
}
