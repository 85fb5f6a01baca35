using Pipeline.Delivery.Deployments;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>kill -9 of the build program at every recorded step of a deployment: users are served, and the next run goes on.</summary>
[Collection(ServingCollection.Name)]
public sealed class KilledBuildTests(ServingInstallation serving)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Moments { get; } = new(
        new[] { "migrate", "clear", "start", "ready", "route", "smoke", "switch", "drain", "verify" }
            .SelectMany(step => new[] { (step, "started"), (step, "finished") }));

    [Theory]
    [MemberData(nameof(Moments))]
    public Task Killed_at_a_step_users_are_served_and_the_next_run_goes_on(string step, string phase) =>
        KillPromotionAsync(() => serving.Door.HangAtAsync(step, phase, Stop));

    [Fact]
    public Task Killed_before_anything_is_recorded_users_are_served_and_the_next_run_goes_on() => KillPromotionAsync(() => serving.Door.HangAtBeginningAsync(Stop));

    [Fact]
    public Task Killed_before_the_outcome_is_recorded_users_are_served_and_the_next_run_goes_on() => KillPromotionAsync(() => serving.Door.HangAtOutcomeAsync(Stop));

    [Theory]
    [InlineData("start", "finished")]
    [InlineData("switch", "started")]
    [InlineData("switch", "finished")]
    [InlineData("confirm", "started")]
    public async Task Killed_in_a_rollback_users_are_served_and_the_next_rollback_arrives(string step, string phase)
    {
        var before = await serving.Installation.ServingAsync();
        (await serving.PromoteAsync(await serving.OtherAsync())).Expect(0);
        await using var witness = new Witness(serving.Installation.Production);
        await KillAsync(() => serving.Door.HangAtAsync(step, phase, Stop), () => serving.Installation.Start("--target", "Rollback"));

        (await serving.RollBackAsync("--release", before.Value)).Expect(0);

        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(before);
    }

    [Theory]
    [InlineData("ready")]
    [InlineData("start")]
    public async Task Killed_while_it_takes_a_bad_release_back_users_are_served_and_the_next_run_takes_back_the_rest(string step)
    {
        var before = await serving.Installation.ServingAsync();
        var bad = await serving.Variants.FaultyAsync("ends-when-asked", Stop);
        await serving.SayRehearsedAsync(bad);
        await using var witness = new Witness(serving.Installation.Production);
        await KillAsync(() => serving.Door.HangAtAsync(step, "undone", Stop), () => serving.StartPromotion(bad));

        (await serving.PromoteAsync(before)).Expect(0);

        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(before);
        Assert.Contains(await serving.Door.HistoryAsync("production", Stop), record => record.Release.Digest == bad && record.Outcome == DeploymentOutcome.Undone);
    }

    private async Task KillPromotionAsync(Func<Task> hang)
    {
        var release = await serving.OtherAsync();
        await using var witness = new Witness(serving.Installation.Production);
        await KillAsync(hang, () => serving.StartPromotion(release));

        (await serving.PromoteAsync(release)).Expect(0);

        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(release);
    }

    private async Task KillAsync(Func<Task> hang, Func<BuildRun> start)
    {
        await hang();
        await using (var run = start())
        {
            await serving.Door.AwaitHangAsync(run, Stop);
            await run.KillAsync();
        }
        await serving.Door.LetGoAsync(Stop);
    }
}
