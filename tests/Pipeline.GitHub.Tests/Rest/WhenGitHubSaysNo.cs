using System.Globalization;
using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Tests.Rest;

public sealed class WhenGitHubSaysNo : IDisposable
{
    private const string Environment = """{"id":1,"name":"production","html_url":"https://example.org"}""";

    private const string Deployment = """{"id":7,"sha":"abc","ref":"main","environment":"production","description":null,"payload":{},"created_at":"2026-11-20T10:00:00Z"}""";

    private readonly ScriptedServer server = new();

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401, GitHubFault.Unauthorized, "the token from the test is wrong or has ended; give another one")]
    [InlineData(403, GitHubFault.Forbidden, "the token from the test may not do that; add the permission to the job, the app or the token")]
    [InlineData(409, GitHubFault.Conflict, "it contradicts what is there; look at it and decide")]
    [InlineData(422, GitHubFault.Invalid, "mend what was sent")]
    [InlineData(302, GitHubFault.Unexpected, "no such answer is expected here; look whether GITHUB_API_URL is GitHub's interface")]
    public async Task A_refusal_says_what_was_asked_what_was_said_and_what_to_do(int status, GitHubFault fault, string remedy)
    {
        server.Then(status, """{"message":"No way","errors":[{"resource":"Deployment","field":"ref","code":"invalid"},"and so on"]}""", "X-GitHub-Request-Id: 1A:2B");

        var refused = await Assert.ThrowsAsync<GitHubException>(() => Repository().Environments.FindAsync("production", Cancellation));

        Assert.Equal((fault, "1A:2B", false), (refused.Fault, refused.RequestId, refused.CanSucceedLater));
        Assert.Equal($"GET /api/v3/repos/octocat/example/environments/production was answered with {status}: \"No way\"; Deployment ref invalid; and so on; {remedy} (request 1A:2B)", refused.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_not_an_exception()
    {
        server.Then(404, """{"message":"Not Found"}""");

        Assert.Null(await Repository().Environments.FindAsync("nowhere", Cancellation));
    }

    [Fact]
    public async Task Reading_goes_on_after_failures_of_GitHub()
    {
        server.Then(502, "<html>Bad Gateway</html>").Then(503, "").Then(200, Environment);

        Assert.Equal("production", (await Repository().Environments.FindAsync("production", Cancellation))!.Name);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_failure_that_stays_is_told_with_what_was_said()
    {
        server.Then(503, "<html>\nOut of order</html>");

        var failed = await Assert.ThrowsAsync<GitHubException>(() => Repository().Environments.FindAsync("production", Cancellation));

        Assert.True(failed.CanSucceedLater);
        Assert.Equal("GET /api/v3/repos/octocat/example/environments/production was answered with 503: \"<html> Out of order</html>\"; try again later; https://www.githubstatus.com says more", failed.Message);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task What_would_be_made_twice_is_not_sent_again()
    {
        server.Then(500, "").Then(201, Deployment);

        Assert.Equal(GitHubFault.Unavailable, (await Assert.ThrowsAsync<GitHubException>(() => Repository().Deployments.CreateAsync(new("main", "production"), Cancellation))).Fault);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(403, "Retry-After: 1")]
    [InlineData(429, "Retry-After: 1")]
    [InlineData(429, "Retry-After: 0")]
    public async Task What_a_limit_refused_was_not_done_and_is_sent_again_after_its_time(int status, string header)
    {
        server.Then(status, """{"message":"You have exceeded a secondary rate limit"}""", header).Then(201, Deployment);

        Assert.Equal(7, (await Repository().Deployments.CreateAsync(new("main", "production"), Cancellation)).Id);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_limit_that_ends_soon_is_waited_for()
    {
        server.Then(_ => ScriptedServer.Answer(403, """{"message":"API rate limit exceeded"}""", "X-RateLimit-Remaining: 0", $"X-RateLimit-Reset: {Unix(DateTimeOffset.UtcNow)}")).Then(200, Environment);

        Assert.NotNull(await Repository().Environments.FindAsync("production", Cancellation));
    }

    [Fact]
    public async Task A_limit_that_ends_late_is_told_with_its_end()
    {
        var reset = DateTimeOffset.UtcNow.AddMinutes(50);
        server.Then(403, """{"message":"API rate limit exceeded"}""", "X-RateLimit-Remaining: 0", $"X-RateLimit-Reset: {Unix(reset)}");

        var limited = await Assert.ThrowsAsync<GitHubException>(() => Repository().Environments.FindAsync("production", Cancellation));

        Assert.Equal((GitHubFault.RateLimited, true), (limited.Fault, limited.CanSucceedLater));
        Assert.InRange(limited.LimitedUntil!.Value, reset.AddSeconds(-2), reset.AddSeconds(2));
        Assert.Contains("was refused by a limit of requests until ", limited.Message, StringComparison.Ordinal);
        Assert.EndsWith(": \"API rate limit exceeded\"; wait until then, or use a token with a limit of its own", limited.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_secondary_limit_without_a_time_is_waited_for_as_GitHub_asks()
    {
        server.Then(403, """{"message":"You have exceeded a secondary rate limit. Please wait a few minutes."}""");

        var limited = await Assert.ThrowsAsync<GitHubException>(() => Repository(new() { LongestWait = TimeSpan.FromSeconds(5) }).Environments.FindAsync("production", Cancellation));

        Assert.Equal(GitHubFault.RateLimited, limited.Fault);
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_tried_again_where_that_is_safe()
    {
        server.Then(_ => "").Then(_ => "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\":").Then(200, Environment);

        Assert.NotNull(await Repository().Environments.FindAsync("production", Cancellation));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_status_that_never_arrives_ends_the_request()
    {
        server.Then(_ => null);

        var late = await Assert.ThrowsAsync<GitHubException>(() => Repository(new() { Timeout = TimeSpan.FromMilliseconds(200), Retries = 1 }).Deployments.AddStatusAsync(1, new(DeploymentState.Success), Cancellation));

        Assert.Equal(GitHubFault.Unavailable, late.Fault);
        Assert.Equal($"POST /api/v3/repos/octocat/example/deployments/1/statuses was not answered within 0.2 s by {server.Address.Authority}; try again later", late.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Nobody_there_is_told_as_that()
    {
        server.Dispose();

        var away = await Assert.ThrowsAsync<GitHubException>(() => Repository().Environments.FindAsync("production", Cancellation));

        Assert.Equal(GitHubFault.Unavailable, away.Fault);
        Assert.StartsWith("GET /api/v3/repos/octocat/example/environments/production did not reach 127.0.0.1:", away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cancels_gets_a_cancellation()
    {
        server.Then(_ => null);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        cancel.CancelAfter(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Repository().Environments.FindAsync("production", cancel.Token));
    }

    [Theory]
    [InlineData("<html>login</html>")]
    [InlineData("""{"id":1}""")]
    [InlineData("null")]
    public async Task An_answer_that_is_not_GitHubs_is_told_as_that(string body)
    {
        server.Then(200, body);

        var strange = await Assert.ThrowsAsync<GitHubException>(() => Repository().Environments.FindAsync("production", Cancellation));

        Assert.Equal(GitHubFault.Unexpected, strange.Fault);
        Assert.StartsWith("GET repos/octocat/example/environments/production was answered with what GitHub's description does not say: ", strange.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task What_moved_is_read_where_it_is_now(int status)
    {
        server.Then(status, """{"message":"Moved Permanently"}""", "Location: /api/v3/repositories/1/environments/production").Then(200, Environment);

        Assert.Equal("production", (await Repository().Environments.FindAsync("production", Cancellation))!.Name);
        Assert.Equal(["/api/v3/repos/octocat/example/environments/production", "/api/v3/repositories/1/environments/production"], server.Requests.Select(request => request.Path));
        Assert.All(server.Requests, request => Assert.Equal("Bearer a-token", request.Headers["Authorization"]));
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task What_is_made_is_made_where_the_repository_is_now(int status)
    {
        server.Then(status, "", $"Location: {server.Address}/repositories/1/deployments").Then(201, Deployment);

        Assert.Equal(7, (await Repository().Deployments.CreateAsync(new("main", "production"), Cancellation)).Id);
        Assert.Equal(["POST", "POST"], server.Requests.Select(request => request.Method));
        Assert.Equal(server.Requests.First().Body, server.Requests.Last().Body);
    }

    [Fact]
    public async Task What_would_become_another_request_is_not_sent_on()
    {
        server.Then(301, """{"message":"Moved Permanently"}""", $"Location: {server.Address}/repositories/1/deployments");

        Assert.Equal(GitHubFault.Unexpected, (await Assert.ThrowsAsync<GitHubException>(() => Repository().Deployments.CreateAsync(new("main", "production"), Cancellation))).Fault);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_token_goes_to_nobody_whom_an_answer_names()
    {
        using var other = new ScriptedServer();
        server.Then(302, "", $"Location: {other.Address}/repos/octocat/example/environments/production");

        var refused = await Assert.ThrowsAsync<GitHubException>(() => Repository().Environments.FindAsync("production", Cancellation));

        Assert.Equal(GitHubFault.Unexpected, refused.Fault);
        Assert.Equal($"GET /api/v3/repos/octocat/example/environments/production was sent on to http://{other.Address.Authority}, and the token is for http://{server.Address.Authority} alone; look whether GITHUB_API_URL is the address that GitHub knows itself by", refused.Message);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Whoever_is_sent_round_in_circles_stops()
    {
        server.Then(302, "", $"Location: {server.Address}/round");

        var refused = await Assert.ThrowsAsync<GitHubException>(() => Repository().Environments.FindAsync("production", Cancellation));

        Assert.Equal("GET /api/v3/repos/octocat/example/environments/production was sent on more than 5 times, at last to /api/v3/round; look whether the repository is where its name says", refused.Message);
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task An_outage_that_says_when_it_ends_is_waited_for_until_then()
    {
        server.Then(503, "", "Retry-After: 1").Then(200, Environment);
        var began = TimeProvider.System.GetTimestamp();

        Assert.NotNull(await Repository().Environments.FindAsync("production", Cancellation));
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(0.9), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task An_outage_that_lasts_too_long_is_told_at_once()
    {
        server.Then(503, "", "Retry-After: 600");

        Assert.Equal(GitHubFault.Unavailable, (await Assert.ThrowsAsync<GitHubException>(() => Repository().Environments.FindAsync("production", Cancellation))).Fault);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("253402299999")]
    [InlineData("9223372036854775807")]
    public async Task A_wait_that_no_clock_can_tell_is_a_limit_like_others(string seconds)
    {
        server.Then(429, "", $"Retry-After: {seconds}");

        Assert.Equal(GitHubFault.RateLimited, (await Assert.ThrowsAsync<GitHubException>(() => Repository().Environments.FindAsync("production", Cancellation))).Fault);
    }

    public void Dispose()
    {
        server.Dispose();
        http.Dispose();
    }

    private static string Unix(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private GitHubRepository Repository(GitHubOptions? options = null) =>
        new(new("octocat", "example"), new GivenToken("a-token", "the test"), (options ?? new()) with { Api = server.Address, Pause = TimeSpan.FromMilliseconds(1) }, http, TimeProvider.System);
}
