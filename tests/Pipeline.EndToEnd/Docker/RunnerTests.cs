using Pipeline.Testing.GitHub;

namespace Pipeline.EndToEnd.Docker;

/// <summary>A job on GitHub that deploys to hosts that its settings name: GitHub's protection is the approval, and GitHub is told.</summary>
[Collection(DockerCollection.Name)]
public sealed class RunnerTests(TwoHosts hosts)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_is_approved_where_GitHub_protects_the_environment_and_tells_how_it_went(bool runnerIsTheHost)
    {
        var next = await hosts.NextAsync();
        await using var github = new LocalGitHub();
        var server = $"http://{github.Address.Authority}";
        using var _ = hosts.Saying(
            ("PIPELINE_PRODUCTION_HOST", runnerIsTheHost ? hosts.ProductionHost.Endpoint : hosts.ProductionHost.SecureEndpoint), ("CI", "true"), ("GITHUB_ACTIONS", "true"), ("GITHUB_REPOSITORY", "mia/shop"), ("GITHUB_RUN_ID", "17"),
            ("GITHUB_RUN_ATTEMPT", "2"), ("GITHUB_JOB", "production"), ("GITHUB_SHA", "1f0c"), ("GITHUB_REF", "refs/heads/main"), ("GITHUB_EVENT_NAME", "push"),
            ("GITHUB_ACTOR", "bob"), ("GITHUB_SERVER_URL", server), ("GITHUB_API_URL", github.Address.ToString()), ("GITHUB_TOKEN", "a-token"));

        (await hosts.PromoteAsync(next)).Expect(3).ExpectText($"make it with required reviewers in {server}/mia/shop/settings/environments, and give the job 'actions: read'");
        github.Protected["production"] = null;
        (await hosts.PromoteAsync(next)).Expect(3).ExpectText("production: nobody approved run 17 there");
        Assert.Empty(github.Known);
        github.Protected["production"] = "mia";
        (await hosts.PromoteAsync(next)).Expect(0).ExpectText("production: approved by mia@github on GitHub: ship it");

        Assert.EndsWith(" success", Assert.Single(github.Known), StringComparison.Ordinal);
        Assert.Equal($"{server}/mia/shop/actions/runs/17/attempts/2", github.Statuses[^1].GetProperty("log_url").GetString());
        var approval = (await hosts.Installation.StatusAsync("production")).GetProperty("approval");
        Assert.Equal(("mia@github", "protection", "ship it; GitHub does not say in which of the run's 2 attempts"), (Text("by"), Text("means"), Text("reason")));
        (await hosts.RollBackAsync()).Expect(0);
        Assert.EndsWith(" success inactive", github.Known[0], StringComparison.Ordinal);

        string? Text(string name) => approval.GetProperty(name).GetString();
    }
}
