using Pipeline.Applications.Approving;
using Pipeline.Applications.Delivering;
using Pipeline.Applications.Stages;
using Pipeline.Applications.Telling;
using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Releases;
using Pipeline.Testing.GitHub;

namespace Pipeline.Applications.Tests;

public sealed class WhoApproves : IAsyncDisposable
{
    private readonly LocalGitHub github = new();

    private readonly TemporaryDirectory folder = new();

    private readonly Dictionary<string, string> variables = new() { ["PATH"] = "" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reason_given_beforehand_comes_before_everything_else()
    {
        var approval = await FindAsync(isOnThisMachine: true, reason: "agreed on Tuesday", answer: "production");

        Assert.Equal((Actor.Present, ApprovalMeans.Reason, "agreed on Tuesday"), (approval!.By, approval.Means, approval.Reason));
    }

    [Fact]
    public async Task Where_the_policy_takes_no_reason_it_is_refused_rather_than_ignored() => Assert.Equal(
        "production: its policy takes no approval beforehand, as --approve 'agreed on Tuesday' is; run at a terminal, or where GitHub protects the environment",
        (await Assert.ThrowsAsync<GateRefusedException>(() => FindAsync(isOnThisMachine: true, reason: "agreed on Tuesday", policy: ApprovalPolicy.ByPerson with { AllowsReason = false }))).Message);

    [Fact]
    public async Task Who_sits_at_the_terminal_is_asked_and_types_the_name()
    {
        Assert.Null(await FindAsync(isOnThisMachine: true, answer: "production"));

        var approval = await AskAsync(" production ");

        Assert.Equal((ApprovalMeans.Prompt, "for the fair"), (approval.Means, approval.Reason));
    }

    [Theory]
    [InlineData("staging", "production: not approved: 'staging' was typed where 'production' approves it; nothing was changed")]
    [InlineData("Production", "production: not approved: 'Production' was typed where 'production' approves it; nothing was changed")]
    [InlineData(null, "production: not approved: the terminal was closed; nothing was changed")]
    public async Task Any_other_answer_is_a_no(string? answer, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<GateRefusedException>(() => AskAsync(answer))).Message);

    [Fact]
    public async Task Where_nobody_sits_this_machine_alone_needs_nobody_unless_the_policy_says_so()
    {
        Assert.Equal(ApprovalMeans.Policy, (await FindAsync(isOnThisMachine: true))!.Means);
        await Assert.ThrowsAsync<GateRefusedException>(() => FindAsync(isOnThisMachine: true, policy: ApprovalPolicy.ByPerson with { AllowsOwnMachine = false }));
    }

    [Fact]
    public async Task Where_nobody_sits_hosts_elsewhere_name_all_that_would_do() => Assert.Equal(
        "production: a deployment of 2.0.0 (aaaaaaaaaaaa) there needs an approval, and nobody is at a terminal; run it at one, pass --approve with the reason, or run it in a job on GitHub whose environment production has required reviewers"
        + " (no GitHub is at hand: the clone has no remote origin; set GITHUB_REPOSITORY to owner/name)",
        (await Assert.ThrowsAsync<GateRefusedException>(() => FindAsync(isOnThisMachine: false))).Message);

    [Theory]
    [InlineData(false, StageHosts.Named)]
    [InlineData(true, StageHosts.Named)]
    public async Task In_a_job_it_is_whoever_approved_it_on_GitHub_though_the_runner_be_the_host(bool isOnThisMachine, StageHosts hosts)
    {
        RunInJob();
        github.Protected["production"] = "mia";

        Assert.Equal(("mia@github", ApprovalMeans.Protection), await FindAsync(isOnThisMachine, hosts: hosts) is { } approval ? (approval.By, approval.Means) : default);
    }

    [Fact]
    public async Task In_a_job_hosts_that_were_named_are_not_approved_by_policy_where_GitHub_asks_nobody_or_nobody_may_speak_there()
    {
        RunInJob();
        Assert.Contains("has no environment of that name", (await RefusedAsync()).Message, StringComparison.Ordinal);

        variables.Remove("GITHUB_TOKEN");

        Assert.EndsWith("GITHUB_TOKEN is not set, and gh is not to be had; set the one, or install the other and sign in)", (await RefusedAsync()).Message, StringComparison.Ordinal);

        Task<GateRefusedException> RefusedAsync() => Assert.ThrowsAsync<GateRefusedException>(() => FindAsync(isOnThisMachine: true, hosts: StageHosts.Named));
    }

    [Theory]
    [InlineData(StageHosts.None)]
    [InlineData(StageHosts.Found)]
    public async Task In_a_job_what_lives_in_the_runner_by_chance_serves_nobody_else(StageHosts hosts)
    {
        RunInJob();

        Assert.Equal(ApprovalMeans.Policy, (await FindAsync(isOnThisMachine: true, hosts: hosts))!.Means);
        Assert.Empty(github.Requests);
    }

    [Fact]
    public async Task Outside_of_a_job_hosts_of_this_machine_that_were_named_serve_nobody_else() =>
        Assert.Equal(ApprovalMeans.Policy, (await FindAsync(isOnThisMachine: true, hosts: StageHosts.Named))!.Means);

    public async ValueTask DisposeAsync()
    {
        folder.Dispose();
        await github.DisposeAsync();
    }

    private void RunInJob()
    {
        foreach (var (name, value) in new[]
        {
            ("GITHUB_ACTIONS", "true"), ("GITHUB_REPOSITORY", "mia/shop"), ("GITHUB_RUN_ID", "17"), ("GITHUB_RUN_ATTEMPT", "1"), ("GITHUB_JOB", "production"), ("GITHUB_SHA", "1f0c"),
            ("GITHUB_REF", "refs/heads/main"), ("GITHUB_EVENT_NAME", "push"), ("GITHUB_ACTOR", "bob"), ("GITHUB_SERVER_URL", $"http://{github.Address.Authority}"),
            ("GITHUB_API_URL", github.Address.ToString()), ("GITHUB_TOKEN", "a-token"),
        })
            variables[name] = value;
    }

    private static ApprovalQuestion Question(ApprovalPolicy policy)
    {
        var environment = new DeliveryEnvironment { Name = "production", Url = new("http://127.0.0.1:18082"), Engine = "process", Instances = 2, Approval = policy };
        return new(new(environment, new(Digest.Parse($"sha256:{new string('a', 64)}"), "2.0.0", "c", []), DeploymentKind.Deploy, "mia@laptop", "for the fair"), null, [], []);
    }

    private async Task<Approval?> FindAsync(
        bool isOnThisMachine, string? reason = null, string? answer = null, ApprovalPolicy? policy = null, StageHosts hosts = StageHosts.Found)
    {
        using var house = new GitHubHouse(new(folder.Path), variables.GetValueOrDefault, _ => { }, TimeProvider.System);
        using var place = new Place(isOnThisMachine, hosts);
        var approver = new EnvironmentApprover(OwnMachine.Keeps(place, house.IsInJob), reason, answer is null ? null : (_, _) => Task.FromResult<string?>(answer), house, TimeProvider.System);
        return await approver.FindAsync(Question(policy ?? ApprovalPolicy.ByPerson), Cancellation);
    }

    private async Task<Approval> AskAsync(string? answer)
    {
        using var house = new GitHubHouse(new(folder.Path), variables.GetValueOrDefault, _ => { }, TimeProvider.System);
        var approver = new EnvironmentApprover(
            servesNobodyElse: true, reason: null,
            (text, _) =>
            {
                Assert.Contains("  release     2.0.0", text, StringComparison.Ordinal);
                Assert.EndsWith("Type the environment's name to approve it: ", text, StringComparison.Ordinal);
                return Task.FromResult(answer);
            },
            house, TimeProvider.System);
        return await approver.AskAsync(Question(ApprovalPolicy.ByPerson), Cancellation);
    }
}
