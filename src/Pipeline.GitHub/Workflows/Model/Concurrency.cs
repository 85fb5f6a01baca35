namespace Pipeline.GitHub.Workflows;

/// <summary>
/// Runs or jobs of one group exclude each other: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#concurrency.
/// </summary>
/// <param name="Group">The name of the group, for the whole repository.</param>
/// <param name="Superseded">What becomes of the others when another one comes.</param>
public sealed record Concurrency(Template Group, Superseded Superseded);

/// <summary>What becomes of the runs or jobs of a group when another one comes.</summary>
public enum Superseded
{
    /// <summary>The one that runs ends in peace; of those that wait the newest counts, and the others are cancelled: for what looks at how things are.</summary>
    Finishes,

    /// <summary>The one that runs is cancelled: for checks of what has changed since.</summary>
    IsCancelled,

    /// <summary>The one that runs ends in peace, and up to 100 wait their turn: for deployments.</summary>
    Queues,
}
