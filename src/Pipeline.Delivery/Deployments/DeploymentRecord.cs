using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Deployments;

/// <summary>A deployment as the ledger knows it.</summary>
/// <param name="Id">The ledger's number.</param>
/// <param name="Environment">Where to.</param>
/// <param name="Release">What.</param>
/// <param name="Colour">The side it goes to.</param>
/// <param name="Kind">Why it exists.</param>
/// <param name="By">Who asked.</param>
/// <param name="Reason">Why, in their words.</param>
/// <param name="StartedAt">When it was recorded first.</param>
/// <param name="FinishedAt">When its outcome was recorded; null while it is unfinished.</param>
/// <param name="Outcome">How it ended; null while it is unfinished.</param>
/// <param name="Detail">What went wrong, for people; null when nothing did.</param>
/// <param name="Steps">Its steps, in the order of their recording.</param>
public sealed record DeploymentRecord(
    long Id, string Environment, Release Release, Colour Colour, DeploymentKind Kind, string By, string? Reason,
    DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, DeploymentOutcome? Outcome, string? Detail, IReadOnlyList<StepRecord> Steps);

/// <summary>How a deployment ended.</summary>
public enum DeploymentOutcome
{
    /// <summary>The release serves the environment and was verified.</summary>
    Succeeded,

    /// <summary>It failed before traffic moved; what it had begun was undone.</summary>
    Undone,

    /// <summary>It failed after traffic moved; the old release serves again.</summary>
    RolledBack,

    /// <summary>It failed and could not be undone wholly; the detail says what a person must do.</summary>
    Failed,
}

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
