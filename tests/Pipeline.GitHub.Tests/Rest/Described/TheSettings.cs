using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Tests.Rest.Described;

/// <summary>What is asked about the settings is what GitHub's description allows, and its answers are understood.</summary>
public sealed class TheSettings(GitHubDescription description) : IClassFixture<GitHubDescription>
{
    private readonly GitHubRepository repository = description.Repository;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secrets_are_listed_by_name_wherever_they_are_kept()
    {
        IAsyncEnumerable<KeptSecret>[] places =
            [repository.Settings.ListSecretsAsync(Cancellation), repository.Settings.ListOrganizationSecretsAsync(Cancellation), repository.Environments.ListSecretsAsync("staging", Cancellation)];
        foreach (var place in places)
            Assert.Equal(["GH_TOKEN", "GIST_ID"], await place.Take(2).Select(secret => secret.Name).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Variables_are_listed_wherever_they_are_kept()
    {
        IAsyncEnumerable<KeptVariable>[] places =
            [repository.Settings.ListVariablesAsync(Cancellation), repository.Settings.ListOrganizationVariablesAsync(Cancellation), repository.Environments.ListVariablesAsync("staging", Cancellation)];
        foreach (var place in places)
            Assert.Equal([new("USERNAME", "octocat"), new("EMAIL", "octocat@github.com")], await place.Take(2).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task The_branches_that_may_deploy_are_listed() =>
        Assert.Equal(["release/*", "main"], await repository.Environments.ListBranchesAsync("production", Cancellation).Select(pattern => pattern.Name).ToListAsync(Cancellation));

    [Fact]
    public async Task What_workflows_and_tokens_may_do_is_read()
    {
        Assert.Equal(new ActionsPermissions(Enabled: true, "selected"), await repository.Settings.ReadPermissionsAsync(Cancellation));
        Assert.Equal(new DefaultPermissions("read", CanApprovePullRequestReviews: true), await repository.Settings.ReadDefaultPermissionsAsync(Cancellation));
    }
}
