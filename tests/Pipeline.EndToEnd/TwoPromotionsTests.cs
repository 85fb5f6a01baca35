using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>Two people promote at once: one does, the other is told by whom.</summary>
[Collection(ServingCollection.Name)]
public sealed class TwoPromotionsTests(ServingInstallation serving)
{
    [Fact]
    public async Task Of_two_promotions_at_once_one_wins_and_the_other_is_refused_with_the_owner()
    {
        var stop = TestContext.Current.CancellationToken;
        var (release, other) = (await serving.OtherAsync(), await serving.Installation.ServingAsync());
        var deployments = (await serving.Door.HistoryAsync("production", stop)).Count;
        await using var witness = new Witness(serving.Installation.Production);
        await serving.Door.HangAtAsync("ready", "started", stop);
        await using var first = serving.StartPromotion(release);
        await serving.Door.AwaitHangAsync(first, stop);

        var refused = (await serving.RollBackAsync("--reason", $"in favour of {other}")).Expect(3);
        await serving.Door.LetThroughAsync(stop);
        (await first.EndAsync()).Expect(0);

        refused.ExpectText($"{System.Environment.UserName}@{System.Environment.MachineName} is deploying since").ExpectText("wait for it to end or stop that run");
        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(release);
        Assert.Equal(deployments + 1, (await serving.Door.HistoryAsync("production", stop)).Count);
    }

    [Fact]
    public async Task Two_promotions_started_in_the_same_moment_leave_one_release_serving_and_a_whole_ledger()
    {
        var release = await serving.OtherAsync();
        await using var witness = new Witness(serving.Installation.Production);

        await using var one = serving.StartPromotion(release);
        await using var two = serving.StartPromotion(release);
        var ends = new[] { await one.EndAsync(), await two.EndAsync() };

        // The second may also come when the first is through, and then it finds nothing left to do.
        Assert.Contains(ends, end => end.ExitCode == 0);
        Assert.All(ends, end => Assert.True(end.ExitCode is 0 or 3, end.Everything));
        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(release);
    }
}
