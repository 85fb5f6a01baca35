namespace Pipeline.GitHub.Rest;

/// <summary>What the token of a job may do that does not say so itself.</summary>
/// <param name="DefaultWorkflowPermissions"><c>read</c> or <c>write</c>.</param>
/// <param name="CanApprovePullRequestReviews">Whether a job may approve pull requests.</param>
public sealed record DefaultPermissions(string DefaultWorkflowPermissions, bool CanApprovePullRequestReviews);
