using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Tests.Rest;

public sealed class ReadingSettings : IDisposable
{
    private readonly ScriptedServer server = new();

    private readonly HttpClient http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_pages_of_secrets_are_read()
    {
        server.Then(200, $$"""{"total_count":2,"secrets":[{{Secret("A")}}]}""", $"Link: <{server.Address}/repositories/1/environments/a%20b/secrets?page=2>; rel=\"next\"")
            .Then(200, $$"""{"total_count":2,"secrets":[{{Secret("B")}}]}""");

        Assert.Equal(["A", "B"], await Repository().Environments.ListSecretsAsync("a b", Cancellation).Select(secret => secret.Name).ToListAsync(Cancellation));
        Assert.Equal(["/api/v3/repos/octocat/example/environments/a%20b/secrets?per_page=100", "/api/v3/repositories/1/environments/a%20b/secrets?page=2"], server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task All_pages_of_variables_are_read_as_large_as_GitHub_gives_them()
    {
        server.Then(200, """{"total_count":2,"variables":[{"name":"A","value":"1"}]}""", $"Link: <{server.Address}/repositories/1/actions/variables?page=2>; rel=\"next\"")
            .Then(200, """{"total_count":2,"variables":[{"name":"B","value":""}]}""");

        Assert.Equal([new("A", "1"), new("B", "")], await Repository().Settings.ListVariablesAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Equal("/api/v3/repos/octocat/example/actions/variables?per_page=30", server.Requests.First().Path);
    }

    [Theory]
    [InlineData(403, GitHubFault.Forbidden)]
    [InlineData(404, GitHubFault.NotFound)]
    public async Task What_the_token_may_not_see_is_no_empty_list(int status, GitHubFault fault)
    {
        server.Then(status, """{"message":"Resource not accessible by integration"}""");

        Assert.Equal(fault, (await Assert.ThrowsAsync<GitHubException>(async () => await Repository().Settings.ListSecretsAsync(Cancellation).ToListAsync(Cancellation))).Fault);
        Assert.Equal(fault, (await Assert.ThrowsAsync<GitHubException>(() => Repository().Settings.ReadPermissionsAsync(Cancellation))).Fault);
    }

    [Fact]
    public async Task Where_no_workflow_runs_nothing_is_said_of_actions()
    {
        server.Then(200, """{"enabled":false}""");

        Assert.Equal(new ActionsPermissions(Enabled: false), await Repository().Settings.ReadPermissionsAsync(Cancellation));
    }

    public void Dispose()
    {
        server.Dispose();
        http.Dispose();
    }

    private static string Secret(string name) => $$"""{"name":"{{name}}","created_at":"2026-11-20T10:00:00Z","updated_at":"2026-11-20T10:00:00Z"}""";

    private GitHubRepository Repository() =>
        new(new("octocat", "example"), new GivenToken("a-token", "the test"), new() { Api = server.Address, Pause = TimeSpan.FromMilliseconds(1) }, http, TimeProvider.System);
}
