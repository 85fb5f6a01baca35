using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Tests.World;
using static Pipeline.Delivery.Tests.World.Releases;

namespace Pipeline.Delivery.Tests;

public sealed class GateTests
{
    private readonly SimulatedWorld world = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_without_evidence_from_staging_is_refused_before_anything_is_changed()
    {
        var refusal = await Assert.ThrowsAsync<GateRefusedException>(() => DeployAsync(A, Smoke()));

        Assert.Equal($"""
            production: refused {A.Digest} (1.0.0); nothing was changed:
              staging validated: no evidence 'smoke' from staging for {A.Digest}; run --target SmokeTest
            """, refusal.Message);
        Assert.Empty(world.Ledger.Deployments);
        Assert.Empty(world.Engine.Instances);
    }

    [Fact]
    public async Task Passing_evidence_opens_the_gate_and_the_verdict_is_recorded()
    {
        await EvidenceAsync(A, passed: true, "8 checks passed");

        await DeployAsync(A, Smoke());

        Assert.Equal(
            $"'smoke' passed in staging at {DateTimeOffset.UnixEpoch:u} by ci: 8 checks passed",
            Assert.Single(world.Ledger.Verdicts).Detail);
    }

    [Fact]
    public async Task The_newest_evidence_counts()
    {
        await EvidenceAsync(A, passed: true, "8 checks passed");
        await EvidenceAsync(A, passed: false, "login: expected 200, got 500");

        var refusal = await Assert.ThrowsAsync<GateRefusedException>(() => DeployAsync(A, Smoke()));

        Assert.Contains("'smoke' failed in staging", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_refusals_are_named_at_once()
    {
        var refusal = await Assert.ThrowsAsync<GateRefusedException>(() => DeployAsync(A, Smoke(), new ArtifactGate(new SimulatedFiles())));

        Assert.Contains("staging validated: no evidence", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"build succeeded: {A.Digest} is not in the store; build it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_checklist_is_told_item_by_item()
    {
        await DeployAsync(
            A,
            new ArtifactGate(new SimulatedFiles(A)),
            new MigrationGate(world.Database),
            new ConfigurationGate(new FixedSettings(world.Settings)),
            new RollbackPlanGate(world.Ledger, world.Database, new SimulatedFiles(A)),
            new NamedPersonGate("someone on call named", null, "nobody is named; pass --on-call NAME"));

        Assert.Equal(
            [
                $"production: checklist for 1.0.0 ({A.Digest.Abbreviated})",
                $"  ✓ build succeeded: {A.Digest}, every byte as it says, commit {A.Commit}",
                "  ✓ migrations: 1 to apply: 0001_start",
                "  ✓ configuration correct: 1 keys valid",
                "  ✓ rollback plan ready: first release here: undoing it leaves the environment empty, as it is now",
                "  ! someone on call named: nobody is named; pass --on-call NAME",
            ],
            world.Told.Take(6));
    }

    [Fact]
    public async Task A_migration_without_a_way_back_needs_a_reason()
    {
        await DeployAsync(B);
        var gate = new RollbackPlanGate(world.Ledger, world.Database, new SimulatedFiles(B, C));

        var without = await gate.CheckAsync(Request(C, null), Stop);
        var with = await gate.CheckAsync(Request(C, "the column holds nothing"), Stop);

        Assert.Equal(GateOutcome.Refused, without.Outcome);
        Assert.Equal("0003_drop cannot be rolled back ('-- pipeline: contract'); pass --reason to accept that there is no way back to 2.0.0", without.Detail);
        Assert.Equal(GateOutcome.Warned, with.Outcome);
    }

    [Fact]
    public async Task A_release_older_than_a_breaking_migration_is_refused()
    {
        await DeployAsync(C);

        var verdict = await new MigrationGate(world.Database).CheckAsync(Request(B, null), Stop);

        Assert.Equal(GateOutcome.Refused, verdict.Outcome);
        Assert.Equal("the database has 0003_drop, with which this older release cannot work; deploy a newer one", verdict.Detail);
    }

    [Fact]
    public async Task A_release_that_could_not_be_started_again_is_no_rollback_plan()
    {
        await DeployAsync(A);

        var verdict = await new RollbackPlanGate(world.Ledger, world.Database, new SimulatedFiles(B)).CheckAsync(Request(B, null), Stop);

        Assert.Equal(GateOutcome.Refused, verdict.Outcome);
        Assert.Contains("1.0.0 serves now and could not be started again", verdict.Detail, StringComparison.Ordinal);
    }

    private RehearsalGate Smoke() => new("staging validated", "staging", "smoke", "run --target SmokeTest", world.Ledger);

    private Task EvidenceAsync(Release release, bool passed, string detail) => world.Ledger.RecordRehearsalAsync(
        release, new(release.Digest, "staging", "smoke", passed, DateTimeOffset.UnixEpoch, "ci", detail), Stop);

    private Task DeployAsync(Release release, params IGate[] gates) => world.NewRun(gates).DeployAsync(Request(release, null), Stop);

    private static DeploymentRequest Request(Release release, string? reason) =>
        new(SimulatedWorld.Environment, release, DeploymentKind.Deploy, "somebody", reason);
}
