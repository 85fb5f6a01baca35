using Pipeline.Delivery.Deployments;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd.Docker;

/// <summary>Staging on two hosts, of which one vanishes from the network in the midst of a deployment.</summary>
[Collection(DockerCollection.Name)]
public sealed class SeveralHostsTests(TwoHosts hosts)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_vanishes_stops_a_deployment_but_no_rollback_and_the_next_run_goes_on_when_it_is_back()
    {
        using var _ = hosts.Saying(("PIPELINE_STAGING_HOST", $"{hosts.StagingHost.Endpoint},{hosts.ProductionHost.SecureEndpoint}"));
        foreach (var release in new[] { hosts.First, hosts.Second })
            (await hosts.StageAsync(release)).Expect(0);
        var next = await hosts.Variants.GoodAsync(Stop);
        await using var witness = new Witness(hosts.Staging);

        try
        {
            await ExpectUndoneAsync(await DeployWhileTheHostVanishesAsync(next), next.Value);
            await ExpectRollbackAsync();
        }
        finally
        {
            await hosts.ProductionHost.ConnectAsync();
        }
        (await hosts.StageAsync(next)).Expect(0);

        await witness.ExpectServedAllTheWayAsync();
        Assert.Equal("healthy", await hosts.Installation.StateAsync("staging"));
        foreach (var host in new[] { hosts.StagingHost, hosts.ProductionHost })
            Assert.Equal([next.Value], await TwoHosts.RunningAsync(host, "staging", await hosts.ColourAsync("staging")));
    }

    private string Vanished => hosts.ProductionHost.SecureEndpoint.Split('?')[0];

    private async Task<RunResult> DeployWhileTheHostVanishesAsync(Delivery.Releases.Digest release)
    {
        await hosts.Door.HangAtAsync("ready", "started", Stop);
        await using var run = hosts.Installation.Start("--target", "DeployStaging", "--release", release.Value);
        await hosts.Door.AwaitHangAsync(run, Stop);
        await hosts.ProductionHost.DisconnectAsync();
        await hosts.Door.LetThroughAsync(Stop);
        return await run.EndAsync();
    }

    private async Task ExpectUndoneAsync(RunResult run, string release)
    {
        run.Expect(1).ExpectText($"staging: host {Vanished}: ").ExpectText("start the engine there, open the way to it, or correct the host");
        var record = (await hosts.Door.HistoryAsync("staging", Stop))[0];
        Assert.Equal(DeploymentOutcome.Failed, record.Outcome);
        Assert.Contains($"could not be undone: start: staging: host {Vanished}: ", record.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(release, await TwoHosts.RunningAsync(hosts.StagingHost, "staging"));
        var status = await hosts.Installation.StatusAsync("staging");
        Assert.Equal(("degraded", hosts.Second.Value), (status.GetProperty("state").GetString(), status.GetProperty("release").GetProperty("digest").GetString()));
        Assert.Contains($"host {Vanished}: ", status.GetProperty("problems").ToString(), StringComparison.Ordinal);
    }

    private async Task ExpectRollbackAsync()
    {
        (await hosts.Installation.RunAsync("--target", "Rollback", "--environment", "staging")).Expect(0).ExpectText($"staging: going back without a host: host {Vanished}: ");
        var record = (await hosts.Door.HistoryAsync("staging", Stop))[0];
        Assert.Equal((DeploymentOutcome.Succeeded, hosts.First), (record.Outcome, record.Release.Digest));
        Assert.Contains($"; without host {Vanished}: ", record.Steps.Single(step => step is { Step: "start", Phase: StepPhase.Finished }).Detail, StringComparison.Ordinal);
        Assert.Equal([hosts.First.Value, hosts.First.Value], await TwoHosts.RunningAsync(hosts.StagingHost, "staging", await hosts.ColourAsync("staging")));
    }
}
