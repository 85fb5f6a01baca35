using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd.Docker;

/// <summary>A load at a constant rate, and users who come anew each time, through everything that may happen to production on a Docker host in order.</summary>
[Collection(DockerCollection.Name)]
public sealed class DockerLoadTests(TwoHosts hosts, ITestOutputHelper output)
{
    private const string Door = "shop-production-door";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Promotions_rollbacks_edge_upgrades_and_restarts_of_the_engine_fail_no_request_of_two_hundred_thousand()
    {
        await hosts.ServeSecondAfterFirstAsync();
        var otherEdge = await MakeOtherEdgeAsync();
        var door = await StartOfAsync(Door);
        var shown = new List<string>();
        using var load = ShopLoad.Begin(hosts.Production, Stop);
        await using var newcomers = new Witness(hosts.Production);

        await PromoteOtherAsync();
        await GoBackAsync();
        using (hosts.Saying(("PIPELINE_EDGE_IMAGE", otherEdge)))
        {
            await PromoteOtherAsync();
            shown.Add(await EdgeAsync());
        }
        await hosts.ProductionHost.StopAsync();
        await hosts.ProductionHost.StartAsync();
        await PromoteOtherAsync();
        shown.Add(await EdgeAsync());
        await hosts.ProductionHost.KillAsync();
        await hosts.ProductionHost.StartAsync();
        await GoBackAsync();

        var (report, text) = await load.ExpectNoneFailedAsync(Stop);
        output.WriteLine($"{text}; {newcomers.Answers} answers beside them");
        await newcomers.ExpectServedAllTheWayAsync();
        Assert.Equal(2, report.Releases.Count);
        // The upgrades were some, and the door was there all the time.
        Assert.Equal(2, shown.Distinct().Count());
        Assert.Equal(door, await StartOfAsync(Door));
    }

    // The same program as another image, by its id on both hosts: what an upgrade of the base's packages makes.
    private async Task<string> MakeOtherEdgeAsync()
    {
        var engine = hosts.ProductionHost;
        var keeper = TwoHosts.Lines(await engine.RunAsync("ps", "--quiet", "--filter", "label=pipeline.role=keeper"))[0];
        var image = (await engine.RunAsync("inspect", "--format", "{{.Image}}", keeper)).Trim();
        var copy = (await engine.RunAsync("create", image)).Trim();
        var made = (await engine.RunAsync("commit", "--change", "LABEL test.upgraded=1", copy)).Trim();
        await engine.RunAsync("rm", copy);
        var archive = Path.Combine(hosts.Installation.Home, "other-edge.tar");
        await engine.RunAsync("save", "--output", archive, made);
        await hosts.StagingHost.LoadAsync(archive);
        return made;
    }

    /// <summary>The image of the edge that serves production.</summary>
    private async Task<string> EdgeAsync()
    {
        var image = "";
        await Eventually.HoldsAsync(async () =>
        {
            var edges = TwoHosts.Lines(await hosts.ProductionHost.RunAsync("ps", "--format", "{{.Names}}", "--filter", "label=pipeline.role=edge", "--filter", "label=pipeline.environment=production"));
            image = edges is [var only] ? await hosts.ProductionHost.RunAsync("inspect", "--format", "{{.Image}}", only) : "";
            return image.Length > 0;
        }, "one edge is left", TimeSpan.FromSeconds(60));
        return image;
    }

    private Task<string> StartOfAsync(string container) => hosts.ProductionHost.RunAsync("inspect", "--format", "{{.Id}} {{.State.StartedAt}}", container);

    private async Task PromoteOtherAsync()
    {
        var release = await hosts.OtherAsync();
        (await hosts.PromoteAsync(release)).Expect(0);
        Assert.Equal(release, await hosts.ServingAsync());
    }

    private async Task GoBackAsync()
    {
        var release = await hosts.OtherAsync();
        (await hosts.RollBackAsync()).Expect(0);
        Assert.Equal(release, await hosts.ServingAsync());
    }
}
