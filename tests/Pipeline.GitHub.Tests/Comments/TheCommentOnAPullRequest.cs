using System.Text.Json;
using Pipeline.GitHub.Comments;
using Pipeline.GitHub.Rest;
using Pipeline.GitHub.Running;
using Pipeline.GitHub.Tests.Rest;
using Pipeline.Testing;

namespace Pipeline.GitHub.Tests.Comments;

/// <summary>There is one comment, of the pipeline's own, whatever others write.</summary>
public sealed class TheCommentOnAPullRequest : IDisposable
{
    private const string Mark = "<!-- pipeline: what this pull request would do -->";
    private const string Bot = "github-actions[bot]";

    private static readonly PullRequestEvent Pull = new(7, "abc", IsFromFork: false);

    private readonly ScriptedServer server = new();
    private readonly HttpClient http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_run_writes_it_and_leaves_alone_what_others_wrote()
    {
        server.Then(200, $"[{Comment(1, "mallory", $"{Mark}\nmine")},{Comment(2, Bot, "another of its comments")}]").Then(201, Comment(3, Bot, "x"));

        Assert.Equal(3, (await WriteAsync(Pull, "plan")).Comment!.Id);

        Assert.Equal(["GET", "POST"], server.Requests.Select(request => request.Method));
        Assert.EndsWith("/issues/7/comments", server.Requests.Last().Path, StringComparison.Ordinal);
        Assert.Equal($"{Mark}\nplan", (string?)System.Text.Json.Nodes.JsonNode.Parse(server.Requests.Last().Body)!["body"]);
    }

    [Fact]
    public async Task The_second_run_replaces_it()
    {
        server.Then(200, $"[{Comment(1, "mallory", $"{Mark}\nmine")},{Comment(3, Bot, $"{Mark}\nplan")}]").Then(200, Comment(3, Bot, "x"));

        Assert.Equal(3, (await WriteAsync(Pull, "another plan")).Comment!.Id);

        Assert.Equal(["GET", "PATCH"], server.Requests.Select(request => request.Method));
        Assert.EndsWith("/issues/comments/3", server.Requests.Last().Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fork_has_none_and_nothing_is_asked()
    {
        var outcome = await WriteAsync(Pull with { IsFromFork = true }, "plan");

        Assert.Equal((null, "the pull request is from a fork, whose runs get a token that may only read: it has no comment"), (outcome.Comment, outcome.Reason));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_token_that_may_only_read_is_no_failure()
    {
        server.Then(200, "[]").Then(403, """{"message":"Resource not accessible by integration"}""");

        var outcome = await WriteAsync(Pull, "plan");

        Assert.Null(outcome.Comment);
        Assert.StartsWith("the token may not comment on pull requests: ", outcome.Reason, StringComparison.Ordinal);
        Assert.Contains("Resource not accessible by integration", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "was answered with 500")]
    [InlineData(429, "was refused by a limit of requests")]
    public async Task A_GitHub_that_is_away_or_at_its_limits_is_no_failure(int status, string said)
    {
        server.Then(200, "[]").Then(status, "", "Retry-After: 3600");

        var outcome = await WriteAsync(Pull, "plan");

        Assert.Null(outcome.Comment);
        Assert.StartsWith($"the comment could not be written; the next run writes it: POST /api/v3/repos/octocat/example/issues/7/comments {said}", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, GitHubFault.Unauthorized)]
    [InlineData(404, GitHubFault.NotFound)]
    [InlineData(422, GitHubFault.Invalid)]
    public async Task Any_other_refusal_is_one(int status, GitHubFault fault)
    {
        server.Then(200, "[]").Then(status, "");
        Assert.Equal(fault, (await Assert.ThrowsAsync<GitHubException>(() => WriteAsync(Pull, "plan"))).Fault);
    }

    [Fact]
    public async Task What_is_longer_than_GitHub_takes_is_cut_between_sections()
    {
        server.Then(200, "[]").Then(201, Comment(3, Bot, "x"));
        Assert.True((await WriteAsync(Pull, $"first\n\n{new string('x', 40_000)}\n\n{new string('y', 40_000)}")).IsCut);
        var body = (string?)System.Text.Json.Nodes.JsonNode.Parse(server.Requests.Last().Body)!["body"];
        Assert.EndsWith("x\n\nThe rest is in the summary of the run.\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_sections_is_cut_between_letters()
    {
        server.Then(200, "[]").Then(201, Comment(3, Bot, "x"));
        Assert.True((await WriteAsync(Pull, $"x{string.Concat(Enumerable.Repeat("😀", 40_000))}")).IsCut);
        var body = (string?)System.Text.Json.Nodes.JsonNode.Parse(server.Requests.Last().Body)!["body"];
        Assert.EndsWith("😀\n\nThe rest is in the summary of the run.\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_GitHub_takes_whole_is_not_cut()
    {
        server.Then(200, "[]").Then(201, Comment(3, Bot, "x"));
        Assert.False((await WriteAsync(Pull, "plan")).IsCut);
    }

    [Theory]
    [InlineData("octocat/example", false)]
    [InlineData("Octocat/Example", false)]
    [InlineData("mallory/example", true)]
    [InlineData(null, true)]
    public void A_pull_request_is_read_from_the_event(string? head, bool isFromFork)
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("event.json");
        var repository = head is null ? "null" : JsonSerializer.Serialize(new { full_name = head });
        File.WriteAllText(file, $$$"""{"pull_request":{"number":7,"base":{"sha":"abc"},"head":{"repo":{{{repository}}} } } }""");
        Assert.Equal(new PullRequestEvent(7, "abc", isFromFork), PullRequestEvent.Find(Run("pull_request", file)));
        Assert.Null(PullRequestEvent.Find(Run("push", file)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("""{"pull_request":{"number":"x"}}""")]
    public void An_event_that_is_none_is_named(string text)
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("event.json");
        File.WriteAllText(file, text);
        Assert.StartsWith($"{file} does not hold the event of a pull request: ", Assert.Throws<FormatException>(() => PullRequestEvent.Find(Run("pull_request", file))).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        server.Dispose();
        http.Dispose();
    }

    private Task<CommentOutcome> WriteAsync(PullRequestEvent pull, string body) => new PullRequestComment(
        new GitHubRepository(new("octocat", "example"), new GivenToken("a-token", "the test"), new() { Api = server.Address, Retries = 0 }, http, TimeProvider.System).Comments).WriteAsync(pull, body, Cancellation);

    private static string Comment(long id, string author, string body) => JsonSerializer.Serialize(new
    {
        id,
        html_url = $"https://github.com/octocat/example/pull/7#{id}",
        created_at = "2026-01-31T12:00:00Z",
        updated_at = "2026-01-31T12:00:00Z",
        user = new { login = author, id = 1 },
        body,
    });

    private static ActionsRun Run(string what, string file) => new()
    {
        Repository = new("octocat", "example"),
        Id = 1,
        Attempt = 1,
        Job = "check",
        Commit = "abc",
        Ref = "refs/pull/7/merge",
        Event = what,
        Actor = "mia",
        Server = new("https://github.com/"),
        EventFile = file,
    };
}
