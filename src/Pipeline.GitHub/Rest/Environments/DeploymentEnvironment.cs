namespace Pipeline.GitHub.Rest;

/// <summary>An environment in the settings of a repository.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="HtmlUrl">Where people look at it.</param>
/// <param name="ProtectionRules">What a job must pass before it gets there; null when nothing.</param>
/// <param name="DeploymentBranchPolicy">Which branches may deploy there; null when all.</param>
public sealed record DeploymentEnvironment(
    long Id, string Name, string HtmlUrl, IReadOnlyList<ProtectionRule>? ProtectionRules = null, DeploymentBranchPolicy? DeploymentBranchPolicy = null);

/// <summary>Something that a job must pass.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Type">What it is: <c>required_reviewers</c>, <c>wait_timer</c>, <c>branch_policy</c>, or an app's own.</param>
/// <param name="WaitTimer">How many minutes a job waits; null when it is about something else.</param>
/// <param name="PreventSelfReview">Whether who started a run may not approve it; null when it is about something else.</param>
/// <param name="Reviewers">Who may approve; null when it is about something else.</param>
public sealed record ProtectionRule(long Id, string Type, int? WaitTimer = null, bool? PreventSelfReview = null, IReadOnlyList<Reviewer>? Reviewers = null);

/// <summary>Who may approve.</summary>
/// <param name="Type"><c>User</c> or <c>Team</c>.</param>
/// <param name="Identity">Who.</param>
public sealed record Reviewer(string Type, [property: System.Text.Json.Serialization.JsonPropertyName("reviewer")] ReviewerIdentity Identity);

/// <summary>A person or a team.</summary>
/// <param name="Id">The number.</param>
/// <param name="Login">The person's name; null for a team.</param>
/// <param name="Slug">The team's name; null for a person.</param>
public sealed record ReviewerIdentity(long Id, string? Login = null, string? Slug = null);

/// <summary>Which branches may deploy.</summary>
/// <param name="ProtectedBranches">Those with protection.</param>
/// <param name="CustomBranchPolicies">Those that the environment lists.</param>
public sealed record DeploymentBranchPolicy(bool ProtectedBranches, bool CustomBranchPolicies);
