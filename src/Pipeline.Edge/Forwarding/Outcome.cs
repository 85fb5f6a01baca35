namespace Pipeline.Edge.Forwarding;

/// <summary>How forwarding one request ended.</summary>
internal enum Outcome
{
    /// <summary>With the instance's answer, below 500.</summary>
    Answered,

    /// <summary>With the instance's answer of 500 or above.</summary>
    Failed,

    /// <summary>The answer broke off after it had begun.</summary>
    Broken,

    /// <summary>The user went away.</summary>
    Abandoned,

    /// <summary>The user's request is at fault; the status is set.</summary>
    Refused,

    /// <summary>The instance took the request and gave no answer; the status is set.</summary>
    Unanswered,

    /// <summary>No instance could be reached.</summary>
    Unreachable,

    /// <summary>Another instance may be asked.</summary>
    Retry,
}
