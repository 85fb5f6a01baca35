using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>A load at a constant rate through everything that may happen to production in order, and through the death of the edge's supervisor.</summary>
[Collection(LoadedCollection.Name)]
public sealed class LoadTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Five_promotions_two_rollbacks_and_an_edge_restarted_twice_fail_no_request_of_two_hundred_thousand()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var serving = new ServingInstallation();
        await serving.InitializeAsync();
        using var load = ShopLoad.Begin(serving.Installation.Production, stop);

        await PromoteOtherAsync(serving);
        await PromoteOtherAsync(serving);
        await GoBackAsync(serving);
        await ReplaceEdgeAsync(serving, stop);
        await PromoteOtherAsync(serving);
        serving.Parts.KillSupervisor(serving.Parts.Edge("production"));
        await PromoteOtherAsync(serving);
        await GoBackAsync(serving);
        await PromoteOtherAsync(serving);

        var (report, text) = await load.ExpectNoneFailedAsync(stop);
        output.WriteLine(text);
        Assert.Equal(2, report.Releases.Count);
    }

    private static async Task PromoteOtherAsync(ServingInstallation serving)
    {
        var release = await serving.OtherAsync();
        (await serving.PromoteAsync(release)).Expect(0);
        Assert.Equal(release, await serving.Installation.ServingAsync());
    }

    private static async Task GoBackAsync(ServingInstallation serving)
    {
        var release = await serving.OtherAsync();
        (await serving.RollBackAsync()).Expect(0);
        Assert.Equal(release, await serving.Installation.ServingAsync());
    }

    /// <summary>The edge gets a new worker with another setting; the next promotion finds that and gives it one with the right setting again.</summary>
    private static Task ReplaceEdgeAsync(ServingInstallation serving, CancellationToken stop)
    {
        var supervisors = serving.Installation.Supervisors();
        var edge = supervisors.Observe(serving.Parts.Edge("production"))!.Specification;
        return supervisors.ReplaceAsync(
            edge with { Environment = new Dictionary<string, string>(edge.Environment) { ["PIPELINE_EDGE_REPLACED"] = "1" } }, TimeSpan.FromMinutes(1), stop);
    }
}
