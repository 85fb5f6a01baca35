namespace Pipeline.GitHub.Rest;

/// <summary>Why GitHub did not do what was asked.</summary>
public enum GitHubFault
{
    /// <summary>The token is missing, wrong or expired (401).</summary>
    Unauthorized,

    /// <summary>The token may not do that (403).</summary>
    Forbidden,

    /// <summary>It is not there, or the token may not see it (404, 410).</summary>
    NotFound,

    /// <summary>It contradicts what is there (409).</summary>
    Conflict,

    /// <summary>What was sent is not valid (400, 422).</summary>
    Invalid,

    /// <summary>A limit of requests is reached, and waiting for its end would take too long (403, 429).</summary>
    RateLimited,

    /// <summary>GitHub failed, did not answer in time, or the connection broke (5xx).</summary>
    Unavailable,

    /// <summary>The answer is not what GitHub's description says.</summary>
    Unexpected,
}
