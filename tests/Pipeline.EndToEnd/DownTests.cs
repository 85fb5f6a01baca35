using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>Everything away and back again, in order and by a power cut.</summary>
[Collection(ServingCollection.Name)]
public sealed class DownTests(ServingInstallation serving)
{
    [Fact]
    public async Task After_Down_no_process_is_left_and_a_promotion_brings_everything_back()
    {
        var release = await serving.Installation.ServingAsync();
        var history = await serving.Door.HistoryAsync("production", TestContext.Current.CancellationToken);

        (await serving.Installation.RunAsync("--target", "Down")).Expect(0).ExpectText("--target PromoteProduction brings everything back");
        Assert.Equal([], serving.Parts.Processes());
        Assert.Equal("down", await serving.Installation.StateAsync("production"));
        Assert.Equal([], serving.Parts.Processes());

        (await serving.PromoteAsync(release)).Expect(0);
        (await serving.Installation.RunAsync("--target", "DeployStaging", "--release", serving.Second.Value)).Expect(0);
        await serving.ExpectServingAsync(release);
        Assert.Equal("healthy", await serving.Installation.StateAsync("staging"));
        await serving.ExpectAnswersAsync(release);
        var after = await serving.Door.HistoryAsync("production", TestContext.Current.CancellationToken);
        Assert.Equal(history.Select(deployment => deployment.Id), after.Skip(after.Count - history.Count).Select(deployment => deployment.Id));
    }

    [Fact]
    public async Task After_a_power_cut_a_promotion_brings_everything_back()
    {
        var release = await serving.Installation.ServingAsync();

        serving.Parts.KillAll();
        Assert.Equal("down", await serving.Installation.StateAsync("production"));

        (await serving.PromoteAsync(release)).Expect(0);
        (await serving.Installation.RunAsync("--target", "DeployStaging", "--release", serving.Second.Value)).Expect(0);
        await serving.ExpectServingAsync(release);
        Assert.Equal("healthy", await serving.Installation.StateAsync("staging"));
        await serving.ExpectAnswersAsync(release);
    }
}
