using Pipeline.Delivery.Deployments;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd.Docker;

/// <summary>kill -9 of production's engine in the midst of a promotion.</summary>
[Collection(DockerCollection.Name)]
public sealed class KilledEngineTests(TwoHosts hosts)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_engine_that_is_killed_while_a_promotion_waits_for_its_instances_is_named_users_are_served_and_the_next_run_goes_on()
    {
        var (before, next) = (await hosts.ServingAsync(), await hosts.OtherAsync());
        await using var witness = new Witness(hosts.Production);

        var killed = await PromoteWhileTheEngineIsKilledAsync(next);
        var (record, meanwhile) = ((await hosts.Door.HistoryAsync("production", Stop))[0], await hosts.ServingAsync());
        await hosts.ProductionHost.StartAsync();

        killed.Expect(1).ExpectText($"production: host unix://{hosts.ProductionHost.Socket}: ").ExpectText("start the engine there, or correct the host");
        ExpectFailed(record, next);
        Assert.Equal(before, meanwhile);
        (await hosts.PromoteAsync(next)).Expect(0);
        await witness.ExpectServedAllTheWayAsync();
        await hosts.ExpectServingAsync(next);
        Assert.Equal([next.Value, next.Value], await TwoHosts.RunningAsync(hosts.ProductionHost, "production", await hosts.ColourAsync("production")));
    }

    private async Task<RunResult> PromoteWhileTheEngineIsKilledAsync(Delivery.Releases.Digest release)
    {
        await hosts.Door.HangAtAsync("ready", "started", Stop);
        await using var run = hosts.Installation.Start("--target", "PromoteProduction", "--release", release.Value);
        await hosts.Door.AwaitHangAsync(run, Stop);
        await hosts.ProductionHost.KillAsync();
        await hosts.Door.LetThroughAsync(Stop);
        return await run.EndAsync();
    }

    private void ExpectFailed(DeploymentRecord record, Delivery.Releases.Digest release)
    {
        Assert.Equal((DeploymentOutcome.Failed, release), (record.Outcome, record.Release.Digest));
        Assert.StartsWith($"ready: production: host unix://{hosts.ProductionHost.Socket}: ", record.Detail, StringComparison.Ordinal);
        Assert.True(record.Detail!.Split("; and could not be undone: ") is [_, var undone] && undone.Contains($"start: unix://{hosts.ProductionHost.Socket}: ", StringComparison.Ordinal), record.Detail);
    }
}
