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
    public async Task Killed_at_a_step_users_are_served_and_the_next_run_goes_on(string step, string phase)
    {
        var release = await serving.OtherAsync();
        await using var witness = new Witness(serving.Installation.Production);
        await serving.Door.HangAtAsync(step, phase, Stop);
        await using (var run = serving.StartPromotion(release))
        {
            await Eventually.HoldsAsync(
                async () => run.HasEnded || await serving.Door.HangsAsync(Stop), $"the deployment reached {step} {phase}", TimeSpan.FromMinutes(3));
            Assert.False(run.HasEnded, run.Everything);
            await run.KillAsync();
        }
        await serving.Door.LetGoAsync(Stop);

        (await serving.PromoteAsync(release)).Expect(0);

        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(release);
    }
}
