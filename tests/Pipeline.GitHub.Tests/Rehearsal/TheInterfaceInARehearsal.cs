using System.Diagnostics;
using Pipeline.GitHub.Rehearsal.Api;
using Pipeline.GitHub.Rest;
using Pipeline.GitHub.Tests.Rest.Described;
using Pipeline.Testing;

namespace Pipeline.GitHub.Tests.Rehearsal;

/// <summary>The stand-in for GitHub's interface, asked by our client through Prism, which lets nothing pass that GitHub's description does not allow.</summary>
public sealed class TheInterfaceInARehearsal : IAsyncLifetime
{
    private static readonly RepositoryName Name = new("octocat", "example");
    private readonly GitHubStandIn standIn = GitHubStandIn.Start(Name, "mona", TimeProvider.System);
    private readonly Uri checkedAddress = new($"http://127.0.0.1:{LoopbackPort.Free()}");
    private readonly HttpClient http = new();
    private Process? prism;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        standIn.Admit("all", new(new Dictionary<string, string>(), "write"));
        standIn.Admit("little", new(new Dictionary<string, string> { ["contents"] = "read" }));
        prism = await GitHubDescription.ServeAsync("proxy", checkedAddress, standIn.Address.ToString().TrimEnd('/'), "--errors");
    }

    public async ValueTask DisposeAsync()
    {
        prism!.Kill(entireProcessTree: true);
        prism.Dispose();
        http.Dispose();
        await standIn.DisposeAsync();
    }

    [Fact]
    public async Task Deployments_and_their_statuses_are_kept_and_listed_at_the_end()
    {
        var client = Client("all", checkedAddress);
        var created = await client.Deployments.CreateAsync(new("a84d88e", "production") { Payload = new Dictionary<string, string> { ["digest"] = "sha256:1" }, Description = "1.2.3" }, Stop);
        await client.Deployments.AddStatusAsync(created.Id, new(DeploymentState.InProgress), Stop);
        await client.Deployments.AddStatusAsync(created.Id, new(DeploymentState.Success) { EnvironmentUrl = "https://example.org" }, Stop);

        Assert.Equal(created.Id, (await client.Deployments.ListAsync("production", Stop).FirstAsync(Stop)).Id);
        Assert.Empty(await client.Deployments.ListAsync("staging", Stop).ToListAsync(Stop));
        Assert.Equal([DeploymentState.Success, DeploymentState.InProgress], (await client.Deployments.ListStatusesAsync(created.Id, Stop).ToListAsync(Stop)).Select(status => status.State));
        Assert.Equal(
            [$"deployment {created.Id} to production: a84d88e with {{\"digest\":\"sha256:1\"}}", $"deployment {created.Id} to production is in_progress", $"deployment {created.Id} to production is success, https://example.org"],
            standIn.Told);
    }

    [Fact]
    public async Task An_environment_that_a_job_reached_is_protected_and_approved_by_whoever_rehearses()
    {
        var client = Client("all", checkedAddress);
        Assert.Null(await client.Environments.FindAsync("production", Stop));
        Assert.Empty(await client.Runs.ReadApprovalsAsync(7, Stop));

        standIn.Reach("production");

        var environment = await client.Environments.FindAsync("production", Stop);
        Assert.Equal("mona", environment!.ProtectionRules!.Single(rule => rule.Type == "required_reviewers").Reviewers!.Single().Identity.Login);
        var approval = Assert.Single(await client.Runs.ReadApprovalsAsync(7, Stop));
        Assert.Equal((ReviewState.Approved, "mona", "production"), (approval.State, approval.User!.Login, approval.Environments.Single().Name));
        Assert.Equal("production", (await client.Environments.ListAsync(Stop).FirstAsync(Stop)).Name);
        Assert.Empty(await client.Runs.ReadPendingAsync(7, Stop));
    }

    [Fact]
    public async Task The_one_comment_is_written_and_replaced()
    {
        var client = Client("all", checkedAddress);
        await client.Comments.WriteOneAsync(1, "<!-- ours -->", "github-actions[bot]", "first", Stop);
        await client.Comments.WriteOneAsync(1, "<!-- ours -->", "github-actions[bot]", "second", Stop);

        Assert.Equal("<!-- ours -->\nsecond", (await client.Comments.ListAsync(1, Stop).ToListAsync(Stop)).Single().Body);
        Assert.Matches("^comment \\d+ on #1: first\ncomment \\d+ replaced: second$", string.Join('\n', standIn.Told));
    }

    [Fact]
    public async Task A_token_may_do_what_its_job_declares_and_no_more()
    {
        var refused = await Assert.ThrowsAsync<GitHubException>(() => Client("little", standIn.Address).Deployments.CreateAsync(new("main", "production"), Stop));
        Assert.Contains("Resource not accessible by integration", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<GitHubException>(() => Client("forged", standIn.Address).Deployments.CreateAsync(new("main", "production"), Stop));

        Assert.Equal(["refused: POST /repos/octocat/example/deployments; the job does not declare the permission deployments: write"], standIn.Told);
    }

    private GitHubRepository Client(string token, Uri address) => new(Name, new GivenToken(token, "the test"), new() { Api = address, Retries = 0 }, http, TimeProvider.System);
}
