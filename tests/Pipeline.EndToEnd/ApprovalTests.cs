using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>Who agrees that a release goes to production.</summary>
[Collection(ServingCollection.Name)]
public sealed class ApprovalTests(ServingInstallation serving)
{
    // The last whole line before the answer.
    private const string Question = "  skipped     build and rehearsal";

    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_nobody_sits_an_environment_of_this_machine_alone_is_approved_by_policy()
    {
        var other = await serving.OtherAsync();

        (await serving.PromoteAsync(other)).Expect(0).ExpectText("production: approved by policy: the environment lives wholly on this machine and serves nobody elsewhere");

        await ExpectApprovedAsync(other, ApprovalMeans.Policy, "the environment lives wholly on this machine and serves nobody elsewhere");
        Assert.Equal("policy", (await serving.Installation.StatusAsync("production")).GetProperty("approval").GetProperty("means").GetString());
    }

    [Fact]
    public async Task A_reason_given_beforehand_approves_and_is_recorded_with_who_gave_it()
    {
        var other = await serving.OtherAsync();

        (await serving.Installation.RunAsync("--target", "PromoteProduction", "--release", other.Value, "--approve", "agreed in the Tuesday meeting")).Expect(0);

        await ExpectApprovedAsync(other, ApprovalMeans.Reason, "agreed in the Tuesday meeting");
        (await serving.Installation.RunAsync("--target", "Status")).Expect(0).ExpectText("beforehand: agreed in the Tuesday meeting");
    }

    [Fact]
    public async Task At_a_terminal_the_plan_is_shown_and_typing_the_name_of_the_environment_approves_it()
    {
        var (before, other) = (await serving.Installation.ServingAsync(), await serving.OtherAsync());
        await using var run = Promotion(other);
        await run.ShowsAsync(Question);
        Assert.Contains($"  in place of {await VersionAsync(before)}  {before.Abbreviated}", run.Everything, StringComparison.Ordinal);
        Assert.Contains($"  release     {await VersionAsync(other)}  {other.Abbreviated}", run.Everything, StringComparison.Ordinal);
        Assert.Contains("  migrations  none to apply", run.Everything, StringComparison.Ordinal);
        await run.TypeAsync("production\n");

        (await run.EndAsync()).Expect(0);

        await ExpectApprovedAsync(other, ApprovalMeans.Prompt, null);
        await serving.ExpectServingAsync(other);
    }

    [Theory]
    [InlineData("staging\n", "production: not approved: 'staging' was typed where 'production' approves it; nothing was changed", 3)]
    [InlineData("\n", "production: not approved: '' was typed where 'production' approves it; nothing was changed", 3)]
    [InlineData("\u0004", "production: not approved: the terminal was closed; nothing was changed", 3)]
    [InlineData("\u0003", "stopping; once more ends at once", 130)]
    public async Task Anything_else_changes_nothing(string typed, string answer, int code)
    {
        var (before, count) = (await serving.Installation.ServingAsync(), (await serving.Door.HistoryAsync("production", cancellation)).Count);
        await using var run = Promotion(await serving.OtherAsync());
        await run.ShowsAsync(Question);
        await run.TypeAsync(typed);

        (await run.EndAsync()).Expect(code).ExpectText(answer);

        await serving.ExpectServingAsync(before);
        Assert.Equal(count, (await serving.Door.HistoryAsync("production", cancellation)).Count);
    }

    [Fact]
    public async Task A_rollback_does_not_wait_for_somebody_who_thinks()
    {
        (await serving.PromoteAsync(await serving.OtherAsync())).Expect(0);
        await using var run = Promotion(await serving.OtherAsync());
        await run.ShowsAsync(Question);

        (await serving.RollBackAsync("--reason", "it burns")).Expect(0);
        await run.TypeAsync("production\n");

        (await run.EndAsync()).Expect(0).ExpectText("already serves since");
    }

    private BuildRun Promotion(Digest digest) => serving.Installation.StartAtTerminal("--target", "PromoteProduction", "--release", digest.Value);

    private async Task<string> VersionAsync(Digest digest) => (await serving.Installation.Store.ReadReleaseAsync(digest, cancellation)).Version;

    private async Task ExpectApprovedAsync(Digest digest, ApprovalMeans means, string? reason)
    {
        var newest = (await serving.Door.HistoryAsync("production", cancellation))[0];
        Assert.Equal((digest, DeploymentKind.Deploy, DeploymentOutcome.Succeeded), (newest.Release.Digest, newest.Kind, newest.Outcome));
        Assert.Equal((means, reason, newest.By), (newest.Approval!.Means, newest.Approval.Reason, newest.Approval.By));
    }
}
