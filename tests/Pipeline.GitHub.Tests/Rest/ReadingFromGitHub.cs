using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Tests.Rest;

public sealed class ReadingFromGitHub : IDisposable
{
    private readonly ScriptedServer server = new();

    private readonly HttpClient http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_pages_are_read_as_they_are_needed()
    {
        var next = $"{server.Address}/repositories/1/issues/7/comments?page=2";
        server.Then(200, $"[{Comment(1)},{Comment(2)}]", $"Link: <{next}>; rel=\"next\", <{next}9>; rel=\"last\"").Then(200, $"[{Comment(3)}]", $"Link: <{server.Address}>; rel=\"prev\"");

        Assert.Equal([1, 2, 3], await Repository().Comments.ListAsync(7, Cancellation).Select(comment => comment.Id).ToListAsync(Cancellation));
        Assert.Equal(["/api/v3/repos/octocat/example/issues/7/comments?per_page=100", "/api/v3/repositories/1/issues/7/comments?page=2"], server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task The_token_goes_to_no_other_server()
    {
        server.Then(200, $"[{Comment(1)}]", "Link: <https://elsewhere.example.org/page2>; rel=\"next\"");

        var strange = await Assert.ThrowsAsync<GitHubException>(async () => await Repository().Comments.ListAsync(7, Cancellation).ToListAsync(Cancellation));

        Assert.Equal(GitHubFault.Unexpected, strange.Fault);
        Assert.Contains("names 'https://elsewhere.example.org/page2' as its next page, which is not at http://127.0.0.1:", strange.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_names_itself_as_its_next_page_ends()
    {
        server.Then(_ => ScriptedServer.Answer(200, $"[{Comment(1)}]", $"Link: <{server.Address}/repos/octocat/example/issues/7/comments?per_page=100>; rel=\"next\""));

        Assert.Single(await Repository().Comments.ListAsync(7, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        server.Then(200, """{"id":1,"name":"production","html_url":"x"}""", "ETag: W/\"abc\"").Then(304, "").Then(200, """{"id":1,"name":"renamed","html_url":"x"}""", "ETag: W/\"def\"");
        var repository = Repository();

        Assert.Equal("production", (await repository.Environments.FindAsync("production", Cancellation))!.Name);
        Assert.Equal("production", (await repository.Environments.FindAsync("production", Cancellation))!.Name);
        Assert.Equal("renamed", (await repository.Environments.FindAsync("production", Cancellation))!.Name);
        Assert.Equal([null, "W/\"abc\"", "W/\"abc\""], server.Requests.Select(request => request.Headers.GetValueOrDefault("If-None-Match")));
    }

    [Fact]
    public async Task Every_request_says_who_asks_for_what_in_which_version()
    {
        server.Then(404, "{}");

        await Repository().Environments.FindAsync("a b/c", Cancellation);

        var request = Assert.Single(server.Requests);
        Assert.Equal("/api/v3/repos/octocat/example/environments/a%20b%2Fc", request.Path);
        Assert.Equal(
            ("Bearer a-token", "application/vnd.github+json, application/json; q=0.9", "2022-11-28", "Pipeline/1"),
            (request.Headers["Authorization"], request.Headers["Accept"], request.Headers["X-GitHub-Api-Version"], request.Headers["User-Agent"]));
    }

    [Fact]
    public async Task The_one_comment_is_replaced_where_it_stands_and_nobody_elses_is_taken_for_it()
    {
        server.Then(200, $"[{Comment(1, "<!-- plan -->\\nold", "stranger")},{Comment(2, "<!-- plan -->\\nold", "bot")}]").Then(200, Comment(2, "<!-- plan -->\\nnew", "bot"));

        Assert.Equal(2, (await Repository().Comments.WriteOneAsync(7, "<!-- plan -->", "bot", "new", Cancellation)).Id);
        Assert.Equal(("PATCH", "/api/v3/repos/octocat/example/issues/comments/2", """{"body":"\u003C!-- plan --\u003E\nnew"}"""), Last());
    }

    [Fact]
    public async Task The_one_comment_is_written_where_there_is_none_and_left_alone_where_it_says_so_already()
    {
        server.Then(200, "[]").Then(201, Comment(3)).Then(200, $"[{Comment(3, "<!-- plan -->\\nnew", "bot")}]");
        var repository = Repository();

        Assert.Equal(3, (await repository.Comments.WriteOneAsync(7, "<!-- plan -->", "bot", "new", Cancellation)).Id);
        Assert.Equal("POST", Last().Method);
        Assert.Equal(3, (await repository.Comments.WriteOneAsync(7, "<!-- plan -->", "bot", "new", Cancellation)).Id);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Annotations_are_sent_in_parts_and_the_conclusion_with_the_last()
    {
        server.Then(200, """{"id":1,"name":"lint","head_sha":"abc","status":"completed"}""");
        var annotations = Enumerable.Range(1, 120).Select(line => new CheckAnnotation("a.cs", line, line, AnnotationLevel.Failure, "x"));

        await Repository().Checks.CompleteAsync(1, CheckConclusion.Failure, new("lint", "x") { Annotations = [.. annotations] }, Cancellation);

        Assert.Equal([50, 50, 20], server.Requests.Select(request => request.Body.Split("annotation_level").Length - 1));
        Assert.Equal([false, false, true], server.Requests.Select(request => request.Body.Contains("\"conclusion\":\"failure\"", StringComparison.Ordinal)));
    }

    public void Dispose()
    {
        server.Dispose();
        http.Dispose();
    }

    private (string Method, string Path, string Body) Last() => server.Requests.Select(request => (request.Method, request.Path, request.Body)).Last();

    private static string Comment(int id, string body = "x", string author = "bot") =>
        $$$"""{"id":{{{id}}},"html_url":"x","created_at":"2026-11-20T10:00:00Z","updated_at":"2026-11-20T10:00:00Z","body":"{{{body}}}","user":{"login":"{{{author}}}","id":1}}""";

    private GitHubRepository Repository() =>
        new(new("octocat", "example"), new GivenToken("a-token", "the test"), new() { Api = server.Address, Pause = TimeSpan.FromMilliseconds(1) }, http, TimeProvider.System);
}
