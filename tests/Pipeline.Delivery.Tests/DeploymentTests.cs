using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Tests.World;
using static Pipeline.Delivery.Tests.World.Releases;

namespace Pipeline.Delivery.Tests;

public sealed class DeploymentTests
{
    private readonly SimulatedWorld world = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deployment_gives_the_traffic_to_its_release_and_is_recorded_step_by_step()
    {
        await DeployAsync(A);

        var record = Assert.Single(world.Ledger.Deployments);
        Assert.Equal(DeploymentOutcome.Succeeded, record.Outcome);
        Assert.Equal(
            ["migrate", "clear", "start", "ready", "route", "smoke", "switch", "drain", "verify"],
            record.Steps.Where(step => step.Phase == StepPhase.Finished).Select(step => step.Step));
        Assert.Equal(A.Digest, (await world.ObserveAsync()).Release?.Digest);
        Assert.Equal(EnvironmentState.Healthy, (await world.ObserveAsync()).State);
    }

    [Fact]
    public async Task The_second_release_goes_to_the_other_side_and_the_first_stays_warm()
    {
        await DeployAsync(A);
        await DeployAsync(B);

        Assert.Equal([(Colour.Blue, A.Digest, 0), (Colour.Green, B.Digest, 100)], Sides());
        Assert.Equal(4, world.Engine.Instances.Count);
        Assert.Empty(world.Outages);
    }

    [Fact]
    public async Task Deploying_what_already_serves_changes_nothing()
    {
        await DeployAsync(A);
        await DeployAsync(A);

        Assert.Single(world.Ledger.Deployments);
    }

    [Fact]
    public async Task The_same_release_with_other_settings_is_deployed_again()
    {
        await DeployAsync(A);
        world.Settings["KEY"] = "other";
        await DeployAsync(A);

        Assert.Equal([DeploymentOutcome.Succeeded, DeploymentOutcome.Succeeded], world.Ledger.Deployments.Select(record => record.Outcome!.Value));
        Assert.Equal(Colour.Green, (await world.ObserveAsync()).Colour);
        Assert.Null((await world.ObserveAsync()).Previous);
    }

    [Fact]
    public async Task A_release_that_never_gets_ready_is_undone_and_its_last_words_are_shown()
    {
        await DeployAsync(A);
        world.GetsReady = release => release != B;

        var failure = await Assert.ThrowsAsync<DeploymentFailedException>(() => DeployAsync(B));

        Assert.Equal(DeploymentOutcome.Undone, failure.Outcome);
        Assert.Equal($"""
            production: release 2.0.0 did not get ready within 0 s; mend what its log says and deploy again
              production-green-1: last probe: 503 migrations missing; its last lines:
                production-green-1 says: no such table
              production-green-2: last probe: 503 migrations missing; its last lines:
                production-green-2 says: no such table
            production: undone, {A.Digest.Abbreviated} serves as before
            """, failure.Message);
        Assert.Equal([(Colour.Blue, A.Digest, 100)], Sides());
        Assert.Equal(2, world.Engine.Instances.Count);
    }

    [Fact]
    public async Task A_host_that_goes_away_at_the_start_stops_the_deployment_and_what_was_started_elsewhere_is_undone()
    {
        await DeployAsync(A);
        world.Engine.LosesItsHost = "production-green-2";
        var fault = await Assert.ThrowsAsync<DeploymentFailedException>(() => DeployAsync(B));

        Assert.Contains("host two does not answer; start it", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("production-green-1", world.Engine.Instances.Keys);
        Assert.Equal([(Colour.Blue, A.Digest, 100)], Sides());
        var record = world.Ledger.Deployments[^1];
        Assert.Equal(DeploymentOutcome.Failed, record.Outcome);
        Assert.Contains("and could not be undone: start: host two does not answer; start it", record.Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_goes_on_without_a_host_that_is_away_and_the_ledger_says_so()
    {
        await DeployAsync(A);
        await DeployAsync(B);
        world.Engine.Lost = "production-blue-2";
        await RollbackAsync();

        Assert.Equal(100, Sides().Single(side => side.Digest == A.Digest).Weight);
        var record = world.Ledger.Deployments[^1];
        Assert.Equal((DeploymentKind.Rollback, DeploymentOutcome.Succeeded), (record.Kind, record.Outcome));
        Assert.EndsWith("; without host two does not answer; start it", record.Steps.Single(step => step is { Step: "start", Phase: StepPhase.Finished }).Detail, StringComparison.Ordinal);
        Assert.Contains("production: going back without a host: host two does not answer; start it", world.Told);
        Assert.Empty(world.Outages);
    }

    [Fact]
    public async Task A_release_that_fails_its_smoke_test_never_gets_traffic()
    {
        await DeployAsync(A);
        world.PassesSmoke = release => release != B;

        var failure = await Assert.ThrowsAsync<DeploymentFailedException>(() => DeployAsync(B));

        Assert.Equal(DeploymentOutcome.Undone, failure.Outcome);
        Assert.Contains("fails its smoke test before the switch: login: expected 200, got 500", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Ledger.Deployments[^1].Steps, step => step.Step == "switch");
    }

    [Fact]
    public async Task A_release_that_fails_under_traffic_is_rolled_back()
    {
        await DeployAsync(A);
        world.HoldsUnderTraffic = release => release != B;

        await Assert.ThrowsAsync<RolledBackException>(() => DeployAsync(B));

        Assert.Equal(DeploymentOutcome.RolledBack, world.Ledger.Deployments[^1].Outcome);
        Assert.Equal([(Colour.Blue, A.Digest, 100)], Sides());
        Assert.Equal(A.Digest, (await world.ObserveAsync()).Release?.Digest);
        Assert.Empty(world.Outages);
    }

    [Fact]
    public async Task A_first_release_that_fails_under_traffic_leaves_nothing_behind()
    {
        world.HoldsUnderTraffic = _ => false;

        var failure = await Assert.ThrowsAsync<DeploymentFailedException>(() => DeployAsync(A));

        Assert.Equal(DeploymentOutcome.Undone, failure.Outcome);
        Assert.Empty(world.Engine.Instances);
        Assert.Equal(EnvironmentState.Absent, (await world.ObserveAsync()).State);
    }

    [Fact]
    public async Task A_cancelled_deployment_is_undone_and_recorded()
    {
        await DeployAsync(A);
        using var source = new CancellationTokenSource();
        world.PassesSmoke = _ =>
        {
            source.Cancel();
            return true;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.NewRun().DeployAsync(Request(B), source.Token));

        Assert.Equal(DeploymentOutcome.Undone, world.Ledger.Deployments[^1].Outcome);
        Assert.Equal([(Colour.Blue, A.Digest, 100)], Sides());
    }

    [Fact]
    public async Task Two_runs_at_once_are_kept_apart()
    {
        await using var held = await world.Lock.AcquireAsync("production", "somebody", Stop);

        await Assert.ThrowsAsync<DeploymentLockedException>(() => DeployAsync(A));
    }

    [Fact]
    public async Task A_rollback_without_arguments_returns_to_the_previous_release_by_switching()
    {
        await DeployAsync(A);
        await DeployAsync(B);
        var before = world.Engine.Instances.Values.Select(instance => instance.Address).ToHashSet();

        var result = await RollbackAsync();

        Assert.Equal(A.Digest, result.Release.Digest);
        Assert.Equal(before, world.Engine.Instances.Values.Select(instance => instance.Address).ToHashSet());
        Assert.Equal(A.Digest, (await world.ObserveAsync()).Release?.Digest);
        Assert.Null((await world.ObserveAsync()).Previous);
    }

    [Fact]
    public async Task A_rollback_starts_the_previous_release_when_it_is_not_warm()
    {
        await DeployAsync(A);
        await DeployAsync(B);
        world.Engine.Instances.Clear();
        await world.Engine.StartAsync(new("production-green-1", Colour.Green, B.Digest, world.Settings, default), Stop);

        await RollbackAsync();

        Assert.Equal(A.Digest, (await world.ObserveAsync()).Release?.Digest);
        Assert.Equal(EnvironmentState.Healthy, (await world.ObserveAsync()).State);
    }

    [Fact]
    public async Task A_second_rollback_goes_further_back_and_never_returns_to_what_was_left()
    {
        await DeployAsync(A);
        await DeployAsync(B);
        await DeployAsync(New("2.5.0", [.. B.Migrations]));
        await RollbackAsync();
        await RollbackAsync();

        Assert.Equal(A.Digest, (await world.ObserveAsync()).Release?.Digest);
        var refusal = await Assert.ThrowsAsync<Gates.GateRefusedException>(RollbackAsync);
        Assert.Equal("production: there is no previous release to return to; deploy one first", refusal.Message);
    }

    [Fact]
    public async Task A_rollback_over_a_migration_without_a_way_back_is_refused_before_anything_moves()
    {
        await DeployAsync(B);
        await DeployAsync(C);

        var failure = await Assert.ThrowsAsync<DeploymentFailedException>(RollbackAsync);

        Assert.Contains("cannot work with the database after 0003_drop", failure.Message, StringComparison.Ordinal);
        Assert.Equal(C.Digest, (await world.ObserveAsync()).Release?.Digest);
    }

    private Task<Deployment> DeployAsync(Release release) => world.NewRun().DeployAsync(Request(release), Stop);

    private Task<Deployment> RollbackAsync() => world.NewRun().RollbackAsync(new(null, "somebody", null), Stop);

    private static DeploymentRequest Request(Release release) => new(SimulatedWorld.Environment, release, DeploymentKind.Deploy, "somebody", null);

    private IEnumerable<(Colour Colour, Digest Digest, int Weight)> Sides() =>
        world.Edge.Routes.Backends.OrderBy(backend => backend.Colour).Select(backend => (backend.Colour, backend.Digest, backend.Weight));
}
