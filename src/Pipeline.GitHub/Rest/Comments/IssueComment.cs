namespace Pipeline.GitHub.Rest;

/// <summary>A comment.</summary>
/// <param name="Id">Its number.</param>
/// <param name="HtmlUrl">Where people read it.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="User">Who wrote it; null when that account is gone.</param>
/// <param name="Body">What it says, in markdown.</param>
public sealed record IssueComment(long Id, string HtmlUrl, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, Account? User = null, string? Body = null);
