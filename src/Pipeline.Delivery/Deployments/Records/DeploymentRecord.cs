using Pipeline.Delivery.Approvals;
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
    DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, DeploymentOutcome? Outcome, string? Detail, IReadOnlyList<StepRecord> Steps)
{
    /// <summary>Who agreed to it; null where nobody was asked.</summary>
    public Approval? Approval { get; init; }
}
