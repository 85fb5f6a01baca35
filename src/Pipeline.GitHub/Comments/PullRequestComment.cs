using Pipeline.GitHub.Rest;
using Pipeline.GitHub.Running;

namespace Pipeline.GitHub.Comments;

/// <summary>The one comment of a pipeline on a pull request, written once and replaced from then on.</summary>
/// <param name="comments">The comments of the repository.</param>
public sealed class PullRequestComment(IssueComments comments)
{
    // Nobody sees it, and by it the comment is found again.
    private const string Mark = "<!-- pipeline: what this pull request would do -->";

    // The account of a job's token.
    private const string Author = "github-actions[bot]";

    // GitHub takes 65536 characters.
    private const int Longest = 65_000;

    /// <summary>Writes or replaces it.</summary>
    /// <param name="pull">The pull request.</param>
    /// <param name="body">What it says, in markdown.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The comment; or why there is none where that is no fault: a fork, a token that may only read, and a GitHub that is down or at its limits. A comment is no gate.</returns>
    /// <exception cref="GitHubException">GitHub refuses for another reason.</exception>
    public async Task<CommentOutcome> WriteAsync(PullRequestEvent pull, string body, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pull);
        ArgumentNullException.ThrowIfNull(body);
        if (pull.IsFromFork)
            return new(null, "the pull request is from a fork, whose runs get a token that may only read: it has no comment");
        try
        {
            return new(await comments.WriteOneAsync(pull.Number, Mark, Author, Cut(body), cancellation), "") { IsCut = body.Length > Longest };
        }
        catch (GitHubException refused) when (refused.Fault == GitHubFault.Forbidden)
        {
            return new(null, $"the token may not comment on pull requests: {refused.Message}");
        }
        catch (GitHubException away) when (away.CanSucceedLater)
        {
            return new(null, $"the comment could not be written; the next run writes it: {away.Message}");
        }
    }

    private static string Cut(string body) => body.Length <= Longest ? body : $"{body[..End(body)]}\n\nThe rest is in the summary of the run.\n";

    private static int End(string body)
    {
        if (body.LastIndexOf("\n\n", Longest, StringComparison.Ordinal) is > 0 and var section)
            return section;
        return char.IsHighSurrogate(body[Longest - 1]) ? Longest - 1 : Longest;
    }
}

/// <summary>What became of a comment.</summary>
/// <param name="Comment">The comment; null where it could not be written.</param>
/// <param name="Reason">Why it could not be.</param>
public sealed record CommentOutcome(IssueComment? Comment, string Reason)
{
    /// <summary>Whether it says less than it was to say, since GitHub takes no more, and sends its reader to the summary of the run for the rest.</summary>
    public bool IsCut { get; init; }
}
