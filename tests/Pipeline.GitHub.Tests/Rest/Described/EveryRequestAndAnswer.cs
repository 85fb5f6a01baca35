using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Tests.Rest.Described;

/// <summary>Each request is one that GitHub's description allows, and each of its answers is understood.</summary>
public sealed class EveryRequestAndAnswer(GitHubDescription description) : IClassFixture<GitHubDescription>
{
    private const string Commit = "a84d88e7554fc1fa21bcbc4efae3c782a70d2b9d";

    private readonly GitHubRepository repository = description.Repository;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deployment_is_created()
    {
        var deployment = await repository.Deployments.CreateAsync(
            new("main", "production") { Description = "1.2.3", Payload = new Dictionary<string, string> { ["digest"] = "sha256:1" }, ProductionEnvironment = true }, Cancellation);

        Assert.Equal((1, Commit, "production", "octocat"), (deployment.Id, deployment.Sha, deployment.Environment, deployment.Creator!.Login));
    }

    [Fact]
    public async Task Deployments_are_listed() =>
        Assert.Equal("topic-branch", (await repository.Deployments.ListAsync("production", Cancellation).FirstAsync(Cancellation)).Ref);

    [Theory]
    [InlineData(DeploymentState.InProgress)]
    [InlineData(DeploymentState.Success)]
    [InlineData(DeploymentState.Failure)]
    [InlineData(DeploymentState.Error)]
    [InlineData(DeploymentState.Inactive)]
    [InlineData(DeploymentState.Queued)]
    [InlineData(DeploymentState.Pending)]
    public async Task A_deployment_has_statuses(DeploymentState state)
    {
        var status = await repository.Deployments.AddStatusAsync(1, new(state) { Description = "so", LogUrl = "https://example.org/log", EnvironmentUrl = "https://example.org" }, Cancellation);

        Assert.Equal((1, DeploymentState.Success), (status.Id, status.State));
    }

    [Fact]
    public async Task Statuses_are_listed() =>
        Assert.Equal("Deployment finished successfully.", (await repository.Deployments.ListStatusesAsync(1, Cancellation).FirstAsync(Cancellation)).Description);

    [Fact]
    public async Task Environments_are_listed_with_their_protection()
    {
        var environment = await repository.Environments.ListAsync(Cancellation).FirstAsync(Cancellation);

        Assert.Equal("staging", environment.Name);
        Assert.Contains(environment.ProtectionRules!, rule => rule.WaitTimer == 30);
        Assert.Equal(
            [("User", "octocat", null), ("Team", null, "justice-league")],
            environment.ProtectionRules!.Single(rule => rule.Type == "required_reviewers").Reviewers!.Select(reviewer => (reviewer.Type, reviewer.Identity.Login, reviewer.Identity.Slug)));
        Assert.Equal(new DeploymentBranchPolicy(ProtectedBranches: false, CustomBranchPolicies: true), environment.DeploymentBranchPolicy);
    }

    [Fact]
    public async Task An_environment_is_found() => Assert.Equal("staging", (await repository.Environments.FindAsync("staging", Cancellation))!.Name);

    [Fact]
    public async Task What_waits_for_approval_is_read()
    {
        var pending = Assert.Single(await repository.Runs.ReadPendingAsync(1, Cancellation));

        Assert.Equal(("staging", 30, true, 2), (pending.Environment.Name, pending.WaitTimer, pending.CurrentUserCanApprove, pending.Reviewers.Count));
    }

    [Fact]
    public async Task What_waits_is_approved_or_refused()
    {
        await repository.Runs.ApproveAsync(1, [161171787], "ship it", Cancellation);
        await repository.Runs.RejectAsync(1, [161171787], "not today", Cancellation);
    }

    [Fact]
    public async Task Who_approved_is_read()
    {
        var approval = Assert.Single(await repository.Runs.ReadApprovalsAsync(1, Cancellation));

        Assert.Equal((ReviewState.Approved, "octocat", "Ship it!"), (approval.State, approval.User!.Login, approval.Comment));
        Assert.Equal("staging", Assert.Single(approval.Environments).Name);
    }

    [Fact]
    public async Task A_check_is_started() => Assert.Equal("ce587453ced02b1526dfb4cb910479d431683101", (await repository.Checks.StartAsync("lint", Commit, Cancellation)).HeadSha);

    public static TheoryData<CheckConclusion> Conclusions => [.. Enum.GetValues<CheckConclusion>()];

    [Theory]
    [MemberData(nameof(Conclusions))]
    public async Task A_check_is_completed_with_annotations_of_every_level(CheckConclusion conclusion)
    {
        var levels = Enum.GetValues<AnnotationLevel>();
        var annotations = Enumerable.Range(1, 120).Select(line => new CheckAnnotation("src/A.cs", line, line, levels[line % levels.Length], "too long") { Title = "CA1505" });

        var run = await repository.Checks.CompleteAsync(1, conclusion, new("lint", "120 findings") { Annotations = [.. annotations] }, Cancellation);

        Assert.Equal(("completed", CheckConclusion.Neutral), (run.Status, run.Conclusion));
    }

    [Fact]
    public async Task Comments_are_listed_written_and_replaced()
    {
        Assert.Equal("Me too", (await repository.Comments.ListAsync(7, Cancellation).FirstAsync(Cancellation)).Body);
        Assert.Equal("octocat", (await repository.Comments.CreateAsync(7, "a plan", Cancellation)).User!.Login);
        Assert.Equal(1, (await repository.Comments.UpdateAsync(1, "a better plan", Cancellation)).Id);
    }

    [Fact]
    public async Task Releases_are_listed_found_and_published()
    {
        Assert.Equal("v1.0.0", (await repository.Releases.ListAsync(Cancellation).FirstAsync(Cancellation)).TagName);
        Assert.Equal("v1.0.0", (await repository.Releases.FindAsync("v1.0.0", Cancellation))!.Name);
        Assert.False((await repository.Releases.CreateAsync(new("v1.0.0", Commit) { Name = "1.0.0", Body = "all of it", Prerelease = true }, Cancellation)).Draft);
    }

    [Fact]
    public async Task Artifacts_of_a_run_are_listed_found_and_removed()
    {
        Assert.Equal(("Rails", 556), await repository.Artifacts.ListAsync(1, Cancellation).Select(artifact => (artifact.Name, artifact.SizeInBytes)).FirstAsync(Cancellation));
        Assert.False((await repository.Artifacts.FindAsync(11, Cancellation))!.Expired);
        await repository.Artifacts.DeleteAsync(11, Cancellation);
    }

    [Fact]
    public async Task Attestations_are_listed_and_kept()
    {
        var attestation = await repository.Attestations.ListAsync($"sha256:{new string('a', 64)}", Cancellation).FirstAsync(Cancellation);
        using var bundle = JsonDocument.Parse("""{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{},"dsseEnvelope":{}}""");

        Assert.Equal(1, attestation.RepositoryId);
        Assert.Contains("/attestations/1/", attestation.BundleUrl, StringComparison.Ordinal);
        Assert.Equal(2, await repository.Attestations.StoreAsync(bundle.RootElement, Cancellation));
    }

    [Fact]
    public async Task An_app_signs_in()
    {
        using var key = RSA.Create(2048);
        using var token = new AppToken("Iv1.abc", key.ExportRSAPrivateKeyPem(), repository.Name, new() { Api = description.Address, Retries = 0 }, description.Http, TimeProvider.System);

        Assert.StartsWith("ghs_", await token.ReadAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_description_does_not_allow_is_refused_here() =>
        Assert.Equal(GitHubFault.Invalid, (await Assert.ThrowsAsync<GitHubException>(() => repository.Attestations.StoreAsync(JsonDocument.Parse("3").RootElement, Cancellation))).Fault);
}
