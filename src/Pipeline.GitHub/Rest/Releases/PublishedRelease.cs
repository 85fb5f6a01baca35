namespace Pipeline.GitHub.Rest;

/// <summary>A release on GitHub.</summary>
/// <param name="Id">Its number.</param>
/// <param name="TagName">Its tag.</param>
/// <param name="HtmlUrl">Where people read it.</param>
/// <param name="Draft">Whether only those see it who may write.</param>
/// <param name="Prerelease">Whether it is not yet for everybody.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Body">What is new, in markdown.</param>
/// <param name="PublishedAt">Since when; null for a draft.</param>
public sealed record PublishedRelease(
    long Id, string TagName, string HtmlUrl, bool Draft, bool Prerelease, string? Name = null, string? Body = null, DateTimeOffset? PublishedAt = null);

/// <summary>A release that is published.</summary>
/// <param name="TagName">Its tag, which is made where it does not exist.</param>
/// <param name="TargetCommitish">The commit of a tag that is made.</param>
public sealed record NewRelease(string TagName, string TargetCommitish)
{
    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>What is new, in markdown.</summary>
    public string? Body { get; init; }

    /// <summary>Whether only those see it who may write.</summary>
    public bool Draft { get; init; }

    /// <summary>Whether it is not yet for everybody.</summary>
    public bool Prerelease { get; init; }
}
