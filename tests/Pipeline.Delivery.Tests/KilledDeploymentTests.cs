using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Tests.World;
using static Pipeline.Delivery.Tests.World.Releases;

namespace Pipeline.Delivery.Tests;

/// <summary>A run is killed after each single change that it makes to the world, and the next run has to set things right.</summary>
public sealed class KilledDeploymentTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Killed_anywhere_in_a_good_deployment_the_next_run_of_the_same_release_completes_it() =>
        AtEveryEffectAsync(_ => { }, Deploy(B), Deploy(B), expected: B);

    [Fact]
    public Task Killed_anywhere_in_a_good_deployment_the_next_run_may_bring_another_release() =>
        AtEveryEffectAsync(_ => { }, Deploy(B), Deploy(New("2.5.0", [.. B.Migrations])), expected: New("2.5.0"));

    [Fact]
    public Task Killed_anywhere_while_a_bad_release_is_taken_back_the_next_run_finishes_that() =>
        AtEveryEffectAsync(world => world.HoldsUnderTraffic = release => release.Digest != B.Digest, DeployAndFail(B), Deploy(A), expected: A);

    [Fact]
    public Task Killed_anywhere_in_a_rollback_the_next_run_completes_it() =>
        AtEveryEffectAsync(_ => { }, async run => await run.RollbackAsync(new(null, "somebody", null), Stop), Deploy(Zero), expected: Zero);

    [Fact]
    public Task Killed_anywhere_in_a_rollback_the_next_rollback_arrives_where_the_first_was_going_and_no_further() =>
        AtEveryEffectAsync(_ => { }, GoBack, GoBackWhereThereIsAWay, expected: Zero);

    [Fact]
    public Task Killed_anywhere_in_a_rollback_the_next_one_to_the_same_release_arrives() =>
        AtEveryEffectAsync(_ => { }, GoBack, async run => await run.RollbackAsync(new(Zero.Digest, "somebody", null), Stop), expected: Zero);

    private static async Task GoBack(Deployer run) => await run.RollbackAsync(new(null, "somebody", null), Stop);

    // Where the first one had come to its end after all, there is nothing before it.
    private static async Task GoBackWhereThereIsAWay(Deployer run)
    {
        try
        {
            await GoBack(run);
        }
        catch (GateRefusedException refusal)
        {
            Assert.Contains("no previous release", refusal.Message, StringComparison.Ordinal);
        }
    }

    private static Release Zero { get; } = New("0.9.0", [.. A.Migrations]);

    private static async Task AtEveryEffectAsync(Action<SimulatedWorld> given, Func<Deployer, Task> first, Func<Deployer, Task> next, Release expected)
    {
        for (var effect = 1; ; effect++)
        {
            var world = new SimulatedWorld();
            await Deploy(Zero)(world.NewRun());
            await Deploy(A)(world.NewRun());
            given(world);

            var killed = await world.RunOrBeKilledAsync(first, effect);
            world = await ContinueAsync(world, next);

            var observed = await world.ObserveAsync();
            Assert.True(observed.Release?.Digest == expected.Digest, $"killed after effect {effect}: {observed.Release?.Version} serves instead of {expected.Version}");
            Assert.True(observed.State == EnvironmentState.Healthy, $"killed after effect {effect}: {string.Join("; ", observed.Problems)}");
            Assert.True(world.Outages.Count == 0, $"killed after effect {effect}: users were not served {string.Join(", ", world.Outages)}");
            Assert.All(world.Ledger.Deployments, record => Assert.NotNull(record.Outcome));
            if (!killed)
            {
                Assert.True(effect > 10, $"only {effect} effects: the run did not do what this test is about");
                return;
            }
        }
    }

    private static async Task<SimulatedWorld> ContinueAsync(SimulatedWorld world, Func<Deployer, Task> next)
    {
        try
        {
            await next(world.NewRun());
        }
        catch (RolledBackException)
        {
            await next(world.NewRun());
        }
        return world;
    }

    private static Func<Deployer, Task> Deploy(Release release) =>
        run => run.DeployAsync(new(SimulatedWorld.Environment, release, DeploymentKind.Deploy, "somebody", null), Stop);

    private static Func<Deployer, Task> DeployAndFail(Release release) =>
        run => Assert.ThrowsAsync<RolledBackException>(() => Deploy(release)(run));
}
