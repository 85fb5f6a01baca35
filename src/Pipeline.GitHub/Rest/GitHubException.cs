namespace Pipeline.GitHub.Rest;

/// <summary>GitHub refused a request, or could not be reached. The message names the request, what was said, and what to do.</summary>
public sealed class GitHubException : Exception
{
    internal GitHubException(GitHubFault fault, string message, Exception? cause = null)
        : base(message, cause) => Fault = fault;

    /// <summary>Whose fault it is.</summary>
    public GitHubFault Fault { get; }

    /// <summary>Whether the same request can succeed later.</summary>
    public bool CanSucceedLater => Fault is GitHubFault.RateLimited or GitHubFault.Unavailable;

    /// <summary>When a limit ends; null when none is in the way, or GitHub does not say.</summary>
    public DateTimeOffset? LimitedUntil { get; internal init; }

    /// <summary>By which GitHub's support finds the request (<c>X-GitHub-Request-Id</c>); empty when there was no answer.</summary>
    public string RequestId { get; internal init; } = "";
}
