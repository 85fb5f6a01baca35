namespace Pipeline.GitHub.Rest;

/// <summary>A check of a commit.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="HeadSha">The commit.</param>
/// <param name="Status">Whether it goes on: <c>queued</c>, <c>in_progress</c>, <c>completed</c>, and what GitHub adds to these.</param>
/// <param name="Conclusion">How it ended; null while it goes on.</param>
/// <param name="HtmlUrl">Where people look at it.</param>
public sealed record CheckRun(long Id, string Name, string HeadSha, string Status, CheckConclusion? Conclusion = null, string? HtmlUrl = null);

/// <summary>How a check ended.</summary>
public enum CheckConclusion
{
    /// <summary>Somebody must act.</summary>
    ActionRequired,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It failed.</summary>
    Failure,

    /// <summary>It says nothing for or against.</summary>
    Neutral,

    /// <summary>It passed.</summary>
    Success,

    /// <summary>It did not run.</summary>
    Skipped,

    /// <summary>GitHub gave it up.</summary>
    Stale,

    /// <summary>It took too long.</summary>
    TimedOut,
}
