using Pipeline.Delivery.Deployments;
using Pipeline.GitHub.Running;
using Pipeline.GitHub.Telling;
using Pipeline.GitHub.Tests.Telling;

namespace Pipeline.GitHub.Tests.Rest.Described;

/// <summary>All that is told is what GitHub's description allows.</summary>
public sealed class WhatIsToldOfDeployments(GitHubDescription description) : IClassFixture<GitHubDescription>
{
    [Theory]
    [InlineData(DeploymentOutcome.Succeeded)]
    [InlineData(DeploymentOutcome.RolledBack)]
    [InlineData(DeploymentOutcome.Failed)]
    [InlineData(null)]
    public async Task Is_described(DeploymentOutcome? outcome)
    {
        var variables = new Dictionary<string, string> { ["GITHUB_API_URL"] = description.Address.ToString(), ["GITHUB_REPOSITORY"] = "octocat/example", ["GITHUB_TOKEN"] = "a-token" };
        var access = GitHubAccess.Find(variables.GetValueOrDefault, null, description.Http, TimeProvider.System).Access!;
        var ledger = new KeptTellings(access.Name);
        ledger.Deploy("1.0.0");
        var last = ledger.Begin("2.0.0");
        if (outcome is { } end)
            ledger.End(last, end);

        var report = await new DeploymentTeller(access, ledger, "the test", TimeProvider.System).TellAsync(TestContext.Current.CancellationToken);

        Assert.Equal((null, 0), (report.Shortfall, report.Left));
    }
}
