using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Tests.World;
using static Pipeline.Delivery.Tests.World.Releases;

namespace Pipeline.Delivery.Tests;

public sealed class ApprovalTests
{
    private readonly SimulatedWorld world = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_agreed_is_recorded_with_the_deployment_and_seen_afterwards()
    {
        var approver = new SimulatedApprover();

        await DeployAsync(A, approver);

        var question = Assert.Single(approver.Asked);
        Assert.Equal((A.Digest, null), (question.Request.Release.Digest, question.Present?.Digest));
        Assert.Equal("mia@laptop", Assert.Single(world.Ledger.Deployments).Approval!.By);
        Assert.Equal(ApprovalMeans.Prompt, (await world.ObserveAsync()).Approval!.Means);
    }

    [Fact]
    public async Task What_is_known_already_asks_nobody()
    {
        var approver = new SimulatedApprover { Known = new("ci", ApprovalMeans.Policy, "alone here", DateTimeOffset.UnixEpoch) };

        await DeployAsync(A, approver);

        Assert.Empty(approver.Asked);
        Assert.Equal("alone here", Assert.Single(world.Ledger.Deployments).Approval!.Reason);
    }

    [Fact]
    public async Task Without_an_answer_nothing_is_changed()
    {
        await Assert.ThrowsAsync<GateRefusedException>(() => DeployAsync(A, new() { SaysYes = false }));

        Assert.Empty(world.Ledger.Deployments);
        Assert.Empty(world.Engine.Instances);
    }

    [Fact]
    public async Task What_already_serves_asks_nobody()
    {
        await DeployAsync(A, new());
        var approver = new SimulatedApprover();

        await DeployAsync(A, approver);

        Assert.Empty(approver.Asked);
        Assert.Single(world.Ledger.Deployments);
    }

    [Fact]
    public async Task Nobody_is_asked_about_what_the_checklist_refuses()
    {
        var approver = new SimulatedApprover();

        await Assert.ThrowsAsync<GateRefusedException>(() => DeployAsync(A, approver, new Closed()));

        Assert.Empty(approver.Asked);
    }

    [Fact]
    public async Task A_rollback_does_not_wait_for_the_answer_and_what_changed_is_asked_again()
    {
        await DeployAsync(A, new());
        await DeployAsync(B, new());
        var approver = new SimulatedApprover();
        approver.Meanwhile.Enqueue(() => world.NewRun().RollbackAsync(new(null, "bob", "it burns"), Stop));

        await DeployAsync(C, approver);

        Assert.Equal([B.Digest, A.Digest], approver.Asked.Select(question => question.Present!.Digest));
        Assert.Equal([DeploymentKind.Deploy, DeploymentKind.Deploy, DeploymentKind.Rollback, DeploymentKind.Deploy], world.Ledger.Deployments.Select(record => record.Kind));
        Assert.Null(world.Ledger.Deployments[2].Approval);
        Assert.Empty(world.Outages);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_it_is_refused()
    {
        var ports = world.Ports() with { Environment = SimulatedWorld.Environment with { Approval = ApprovalPolicy.ByPerson } };
        var deployer = new Deployer(ports, world.Ledger, world.Lock, new ListLog(world.Told), TimeProvider.System);

        var refusal = await Assert.ThrowsAsync<GateRefusedException>(() => deployer.DeployAsync(new(ports.Environment, A, DeploymentKind.Deploy, "mia", null), Stop));

        Assert.Equal("production: a deployment there needs an approval, and this build program knows nobody to ask; give its EnvironmentPorts an Approver", refusal.Message);
        Assert.Empty(world.Ledger.Deployments);
    }

    [Fact]
    public void The_plan_says_what_comes_what_goes_and_what_to_know()
    {
        var release = new Release(A.Digest, "2.0.0", new string('c', 40), []);
        var question = new ApprovalQuestion(
            new(SimulatedWorld.Environment, release, DeploymentKind.Deploy, "mia", null), release with { Version = "1.0.0" },
            [new("0007_split", "1", BackwardCompatible: true), new("0008_drop", "2", BackwardCompatible: false)],
            [new("window", GateOutcome.Warned, "it is Monday"), new("tests", GateOutcome.Passed, "12 of 12")]);

        Assert.Equal(
            $"""
            production at http://127.0.0.1:18082
              release     2.0.0  {A.Digest.Abbreviated}  commit cccccccccccc
              in place of 1.0.0  {A.Digest.Abbreviated}  commit cccccccccccc
              migrations  0007_split
                          0008_drop  (no way back)
              checklist   1 hold, and to be known:
                        ! window: it is Monday
              skipped     build and rehearsal: they hold for {A.Digest.Abbreviated}
            """,
            string.Join('\n', question.Describe()), ignoreLineEndingDifferences: true);
    }

    private Task<Deployment> DeployAsync(Release release, SimulatedApprover approver, params IGate[] gates)
    {
        var ports = world.Ports(gates) with { Environment = SimulatedWorld.Environment with { Approval = ApprovalPolicy.ByPerson }, Approver = approver };
        return new Deployer(ports, world.Ledger, world.Lock, new ListLog(world.Told), TimeProvider.System)
            .DeployAsync(new(ports.Environment, release, DeploymentKind.Deploy, "mia", null), Stop);
    }

    private sealed class Closed : IGate
    {
        public Task<GateVerdict> CheckAsync(DeploymentRequest request, CancellationToken cancellation) => Task.FromResult(new GateVerdict("window", GateOutcome.Refused, "closed"));
    }
}
