namespace Pipeline.GitHub.Workflows;

/// <summary>
/// Runs or jobs of one group exclude each other: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#concurrency. Of those that wait
/// GitHub keeps the newest.
/// </summary>
/// <param name="Group">The name of the group, for the whole repository.</param>
/// <param name="Superseded">What becomes of the one that runs when another one comes.</param>
public sealed record Concurrency(Template Group, Superseded Superseded);

/// <summary>What becomes of a run or job when another one of its group comes.</summary>
public enum Superseded
{
    /// <summary>It ends in peace, and the other one waits: for deployments.</summary>
    Finishes,

    /// <summary>It is cancelled: for checks of what has changed since.</summary>
    IsCancelled,
}
