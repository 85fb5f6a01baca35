namespace Pipeline.GitHub.Rest;

/// <summary>A job of a run that waits at an environment.</summary>
/// <param name="Environment">Where.</param>
/// <param name="WaitTimer">How many minutes it waits in any case.</param>
/// <param name="CurrentUserCanApprove">Whether the token's owner may approve it.</param>
/// <param name="Reviewers">Who may.</param>
/// <param name="WaitTimerStartedAt">Since when it waits; null when it does not wait for time.</param>
public sealed record PendingDeployment(
    RunEnvironment Environment, int WaitTimer, bool CurrentUserCanApprove, IReadOnlyList<Reviewer> Reviewers, DateTimeOffset? WaitTimerStartedAt = null);

/// <summary>An environment that a run is about.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
public sealed record RunEnvironment(long Id, string Name);

/// <summary>Somebody approved or refused.</summary>
/// <param name="State">Which of both.</param>
/// <param name="User">Who; null where the account is gone.</param>
/// <param name="Comment">Why.</param>
/// <param name="Environments">Where.</param>
public sealed record Approval(ReviewState State, Account? User, string Comment, IReadOnlyList<RunEnvironment> Environments);

/// <summary>What somebody said about a job that waits.</summary>
public enum ReviewState
{
    /// <summary>It goes on.</summary>
    Approved,

    /// <summary>It fails.</summary>
    Rejected,

    /// <summary>Nothing yet.</summary>
    Pending,
}
