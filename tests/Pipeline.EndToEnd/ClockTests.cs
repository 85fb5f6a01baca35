using Pipeline.Delivery.Deployments;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>A build program whose clock is wrong, or jumps while it deploys. Order is the ledger's own, and waiting goes by a clock that does not jump.</summary>
[Collection(ServingCollection.Name)]
public sealed class ClockTests(ServingInstallation serving)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("+1d")]
    [InlineData("-1d")]
    public async Task A_release_promoted_by_a_clock_that_is_wrong_by_a_day_serves_and_is_the_one_to_go_back_from(string offset)
    {
        var before = await serving.Installation.ServingAsync();
        var release = await serving.OtherAsync();
        await using var witness = new Witness(serving.Installation.Production);

        using (new FakedClock(serving.Installation, offset))
            (await serving.PromoteAsync(release)).Expect(0);
        await serving.ExpectServingAsync(release);
        await ExpectRecordedLastAsync(release, wrongClock: true);
        (await serving.RollBackAsync()).Expect(0);

        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(before);
    }

    [Theory]
    [InlineData("+1d")]
    [InlineData("-1d")]
    public async Task A_clock_that_jumps_by_a_day_in_mid_deployment_changes_nothing(string offset)
    {
        var before = await serving.Installation.ServingAsync();
        var release = await serving.OtherAsync();
        await using var witness = new Witness(serving.Installation.Production);
        using (var clock = new FakedClock(serving.Installation, "+0"))
        {
            await serving.Door.HangAtAsync("ready", "started", Stop);
            await using var run = serving.StartPromotion(release);
            await serving.Door.AwaitHangAsync(run, Stop);
            clock.Jump(offset);
            await serving.Door.LetThroughAsync(Stop);
            (await run.EndAsync()).Expect(0);
        }

        await serving.ExpectServingAsync(release);
        await ExpectRecordedLastAsync(release, wrongClock: false);
        (await serving.RollBackAsync()).Expect(0);
        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(before);
    }

    private async Task ExpectRecordedLastAsync(Pipeline.Delivery.Releases.Digest release, bool wrongClock)
    {
        var last = (await serving.Door.HistoryAsync("production", Stop))[0];
        Assert.Equal((release, DeploymentOutcome.Succeeded), (last.Release.Digest, last.Outcome));
        Assert.Equal(wrongClock, (TimeProvider.System.GetUtcNow() - last.StartedAt).Duration() > TimeSpan.FromHours(12));
        Assert.Equal("verify", last.Steps[^1].Step);
    }
}
