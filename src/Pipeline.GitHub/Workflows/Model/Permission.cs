namespace Pipeline.GitHub.Workflows;

/// <summary>
/// What the token of a job may do: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions.
/// </summary>
/// <param name="Scope">What it is about.</param>
/// <param name="Access">How much of it.</param>
/// <param name="Reason">Why, on one line; stands beside it as a comment.</param>
public sealed record Permission(PermissionScope Scope, PermissionAccess Access, string Reason);

/// <summary>How much of a scope a token may do.</summary>
public enum PermissionAccess
{
    /// <summary>Look.</summary>
    Read,

    /// <summary>Look and change.</summary>
    Write,
}

/// <summary>What permissions are about.</summary>
public enum PermissionScope
{
    /// <summary>Workflow runs, their jobs and artifacts.</summary>
    Actions,

    /// <summary>Attestations of artifacts.</summary>
    Attestations,

    /// <summary>Check runs and suites.</summary>
    Checks,

    /// <summary>Commits, branches, releases and files.</summary>
    Contents,

    /// <summary>Deployments and their statuses.</summary>
    Deployments,

    /// <summary>A token that proves to others which job it is (OpenID Connect).</summary>
    IdToken,

    /// <summary>Issues and their comments.</summary>
    Issues,

    /// <summary>Packages and images in GitHub's registry.</summary>
    Packages,

    /// <summary>Pull requests and their comments.</summary>
    PullRequests,

    /// <summary>Findings of code and secret scanning.</summary>
    SecurityEvents,

    /// <summary>Statuses of commits.</summary>
    Statuses,
}
