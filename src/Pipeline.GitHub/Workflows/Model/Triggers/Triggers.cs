namespace Pipeline.GitHub.Workflows;

/// <summary>
/// What starts a workflow: https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows. There is no <c>pull_request_target</c>, which
/// would run a stranger's code with the repository's secrets.
/// </summary>
public sealed record Triggers
{
    /// <summary>Pushes to these branches; all kinds of nothing when null.</summary>
    public BranchTrigger? Push { get; init; }

    /// <summary>Pull requests into these branches.</summary>
    public BranchTrigger? PullRequest { get; init; }

    /// <summary>Groups of a merge queue.</summary>
    public bool MergeGroup { get; init; }

    /// <summary>Times in UTC, as cron writes them: minute, hour, day of the month, month, day of the week.</summary>
    public IReadOnlyList<string> Schedule { get; init; } = [];

    /// <summary>A person, who may have to enter something.</summary>
    public ManualTrigger? Manual { get; init; }
}
