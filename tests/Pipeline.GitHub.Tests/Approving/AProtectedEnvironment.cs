using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Gates;
using Pipeline.GitHub.Approving;
using Pipeline.GitHub.Running;
using Pipeline.GitHub.Tests.Rest;
using Approval = Pipeline.Delivery.Approvals.Approval;

namespace Pipeline.GitHub.Tests.Approving;

public sealed class AProtectedEnvironment : IDisposable
{
    private const string Protected =
        """{"id":1,"name":"production","html_url":"https://example.org","protection_rules":[{"id":2,"type":"required_reviewers","reviewers":[{"type":"User","reviewer":{"id":3,"login":"mia"}}]}]}""";

    private const string Open = """{"id":1,"name":"production","html_url":"https://example.org","protection_rules":[{"id":2,"type":"branch_policy"}]}""";

    private readonly ScriptedServer server = new();

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    [Fact]
    public async Task Says_who_approved_the_run_and_why()
    {
        server.Then(200, Protected).Then(200, $"[{Review("approved", "mia", "first try", "staging")},{Review("rejected", "bob", "no", "production")},{Review("approved", "ann", "ship it", "Production")}]");

        var approval = await ReadAsync();

        Assert.Equal(new Approval("ann@github", ApprovalMeans.Protection, "ship it", approval.At), approval);
        Assert.Equal(["/api/v3/repos/mia/shop/environments/production", "/api/v3/repos/mia/shop/actions/runs/17/approvals"], server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task Names_all_who_approved_since_GitHub_promises_no_order()
    {
        server.Then(200, Protected).Then(200, $"[{Review("approved", "ann", "ship it", "production")},{Review("approved", "mia", "", "production")},{Review("approved", "ann", "ship it", "production")}]");

        var approval = await ReadAsync();

        Assert.Equal(("ann@github and mia@github", "ship it"), (approval.By, approval.Reason));
    }

    [Theory]
    [InlineData("", "GitHub does not say in which of the run's 3 attempts")]
    [InlineData("ship it", "ship it; GitHub does not say in which of the run's 3 attempts")]
    public async Task Says_in_a_later_attempt_that_GitHub_does_not_tell_the_attempts_apart(string comment, string reason)
    {
        server.Then(200, Protected).Then(200, $"[{Review("approved", "ann", comment, "production")}]");

        Assert.Equal(reason, (await ReadAsync(attempt: "3")).Reason);
    }

    [Fact]
    public async Task Counts_an_approval_of_somebody_whose_account_is_gone()
    {
        server.Then(200, Protected).Then(200, """[{"state":"approved","user":null,"comment":"","environments":[{"id":1,"name":"production"}]}]""");

        var approval = await ReadAsync();

        Assert.Equal("by somebody whose account is gone on GitHub", $"{approval}");
    }

    [Fact]
    public async Task That_asks_nobody_is_no_approval()
    {
        server.Then(200, Open);

        Assert.Equal(
            $"production: the environment of {server.Address.Authority}/mia/shop asks nobody for approval; tick 'Required reviewers' and name who may approve in {Settings}",
            await RefusedAsync());
    }

    [Fact]
    public async Task That_is_not_there_names_where_to_make_it()
    {
        server.Then(404, """{"message":"Not Found"}""");

        Assert.Equal(
            $"production: {server.Address.Authority}/mia/shop has no environment of that name, or the token from GITHUB_TOKEN may not see it; make it with required reviewers in {Settings}, and give the job 'actions: read'",
            await RefusedAsync());
    }

    [Fact]
    public async Task That_nobody_approved_names_what_was_passed_by()
    {
        server.Then(200, Protected).Then(200, $"[{Review("approved", "mia", "", "staging")},{Review("rejected", "mia", "", "production")}]");

        Assert.StartsWith("production: nobody approved run 17 there, although the environment asks for it", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task Whose_approvals_cannot_be_read_is_refused_with_what_GitHub_said(int status)
    {
        server.Then(200, Protected).Then(status, """{"message":"Resource not accessible by integration"}""");

        var refusal = await RefusedAsync();

        Assert.StartsWith($"production: who approved cannot be read: GET /api/v3/repos/mia/shop/actions/runs/17/approvals was answered with {status}", refusal, StringComparison.Ordinal);
        Assert.EndsWith("give the job 'actions: read' and its GITHUB_TOKEN, or pass --approve with the reason where the policy allows it", refusal, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        http.Dispose();
        server.Dispose();
    }

    private string Settings => $"http://{server.Address.Authority}/mia/shop/settings/environments";

    private static string Review(string state, string login, string comment, string environment) =>
        $$"""{"state":"{{state}}","user":{"login":"{{login}}","id":1},"comment":"{{comment}}","environments":[{"id":1,"name":"{{environment}}"}]}""";

    private async Task<string> RefusedAsync() => (await Assert.ThrowsAsync<GateRefusedException>(() => ReadAsync())).Message;

    private Task<Approval> ReadAsync(string attempt = "1")
    {
        var variables = new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_REPOSITORY"] = "mia/shop",
            ["GITHUB_RUN_ID"] = "17",
            ["GITHUB_RUN_ATTEMPT"] = attempt,
            ["GITHUB_JOB"] = "production",
            ["GITHUB_SHA"] = "1f0c",
            ["GITHUB_REF"] = "refs/heads/main",
            ["GITHUB_EVENT_NAME"] = "push",
            ["GITHUB_ACTOR"] = "mia",
            ["GITHUB_SERVER_URL"] = $"http://{server.Address.Authority}",
            ["GITHUB_API_URL"] = server.Address.ToString(),
            ["GITHUB_TOKEN"] = "a-token",
        };
        var access = GitHubAccess.Find(variables.GetValueOrDefault, null, http, TimeProvider.System).Access!;
        return new ProtectedEnvironment(access, "production", TimeProvider.System).ReadApprovalAsync(access.Run!, TestContext.Current.CancellationToken);
    }
}
