using Pipeline.Delivery.Deployments;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>Ctrl-C and SIGTERM in the middle of a deployment: what was begun is taken back and recorded before the build program ends.</summary>
[Collection(ServingCollection.Name)]
public sealed class StoppedBuildTests(ServingInstallation serving)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Moments { get; } = new(
        new[] { "start", "smoke", "verify" }.SelectMany(step => new[] { ("INT", step), ("TERM", step) }));

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Stopped_at_a_step_it_takes_back_what_it_began_and_ends_with_130(string signal, string step)
    {
        var before = await serving.Installation.ServingAsync();
        await using var witness = new Witness(serving.Installation.Production);
        await serving.Door.HangAtAsync(step, "started", Stop);
        RunResult result;
        await using (var run = serving.StartPromotion(await serving.OtherAsync()))
        {
            await serving.Door.AwaitHangAsync(run, Stop);
            run.Signal(signal);
            await serving.Door.LetThroughAsync(Stop);
            result = await run.EndAsync();
        }

        result.Expect(130);
        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(before);
        var last = (await serving.Door.HistoryAsync("production", Stop))[0];
        Assert.Equal(step == "verify" ? DeploymentOutcome.RolledBack : DeploymentOutcome.Undone, last.Outcome);
        Assert.Contains(last.Steps, record => record.Step == step && record.Phase == StepPhase.Failed && record.Detail == "cancelled");
        Assert.Contains(last.Steps, record => record.Step == step && record.Phase == StepPhase.Undone);
    }
}
