using System.Globalization;
using Pipeline.GitHub.Rest.Transport;

namespace Pipeline.GitHub.Rest;

/// <summary>Comments on issues and pull requests: https://docs.github.com/rest/issues/comments.</summary>
public sealed class IssueComments
{
    private readonly GitHubConnection connection;
    private readonly string issues;

    internal IssueComments(GitHubConnection connection, string repository) => (this.connection, issues) = (connection, $"{repository}/issues");

    /// <summary>All comments, oldest first.</summary>
    /// <param name="issue">The number of the issue or pull request.</param>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<IssueComment> ListAsync(int issue, CancellationToken cancellation) =>
        connection.ListAsync<IReadOnlyList<IssueComment>, IssueComment>($"{Of(issue)}?per_page=100", page => page, cancellation);

    /// <summary>Writes a comment.</summary>
    public Task<IssueComment> CreateAsync(int issue, string body, CancellationToken cancellation) =>
        connection.SendAsync<IssueComment>(HttpMethod.Post, Of(issue), new { Body = body }, Repeating.WouldDouble, cancellation);

    /// <summary>Replaces a comment.</summary>
    public Task<IssueComment> UpdateAsync(long comment, string body, CancellationToken cancellation) =>
        connection.SendAsync<IssueComment>(HttpMethod.Patch, string.Create(CultureInfo.InvariantCulture, $"{issues}/comments/{comment}"), new { Body = body }, Repeating.IsSafe, cancellation);

    /// <summary>Writes the one comment that carries a mark, or replaces it where it stands.</summary>
    /// <param name="issue">The number of the issue or pull request.</param>
    /// <param name="mark">Its first line, such as an HTML comment that nobody sees.</param>
    /// <param name="author">The login that the comment must be of, so that nobody else's is taken for it: <c>github-actions[bot]</c> for the token of a job.</param>
    /// <param name="body">The rest.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IssueComment> WriteOneAsync(int issue, string mark, string author, string body, CancellationToken cancellation)
    {
        var text = $"{mark}\n{body}";
        await foreach (var comment in ListAsync(issue, cancellation))
        {
            if (comment.User?.Login == author && comment.Body is { } present && (present == mark || present.StartsWith($"{mark}\n", StringComparison.Ordinal) || present.StartsWith($"{mark}\r\n", StringComparison.Ordinal)))
                return present == text ? comment : await UpdateAsync(comment.Id, text, cancellation);
        }
        return await CreateAsync(issue, text, cancellation);
    }

    private string Of(int issue) => string.Create(CultureInfo.InvariantCulture, $"{issues}/{issue}/comments");
}
