using Pipeline.Delivery.Deployments;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary><c>./build.sh --target Rollback</c>: back to what served before, whether it is warm or has to be started.</summary>
[Collection(ServingCollection.Name)]
public sealed class RollbackTests(ServingInstallation serving)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rollback_returns_to_the_warm_release_without_starting_anything()
    {
        var before = await serving.Installation.ServingAsync();
        (await serving.PromoteAsync(await serving.OtherAsync())).Expect(0);
        await using var witness = new Witness(serving.Installation.Production);

        (await serving.RollBackAsync()).Expect(0).ExpectText("nothing to clear");

        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(before);
        await serving.ExpectAnswersAsync(before);
        Assert.Equal((DeploymentKind.Rollback, DeploymentOutcome.Succeeded), await LastAsync());
    }

    [Fact]
    public async Task A_rollback_starts_the_old_release_when_it_is_not_there_any_more()
    {
        var before = await serving.Installation.ServingAsync();
        (await serving.PromoteAsync(await serving.OtherAsync())).Expect(0);
        foreach (var warm in await WarmInstancesAsync())
            serving.Parts.KillWholly(serving.Parts.Instance(warm));
        await using var witness = new Witness(serving.Installation.Production);

        (await serving.RollBackAsync()).Expect(0).ExpectText("stopped production-");

        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(before);
        await serving.ExpectAnswersAsync(before);
    }

    [Fact]
    public async Task A_second_rollback_goes_one_release_further_back_and_one_to_an_unknown_release_is_refused()
    {
        var second = await serving.Installation.ServingAsync();
        var first = await serving.OtherAsync();
        (await serving.PromoteAsync(first)).Expect(0);
        (await serving.PromoteAsync(second)).Expect(0);
        (await serving.PromoteAsync(first)).Expect(0);

        (await serving.RollBackAsync()).Expect(0);
        await serving.ExpectAnswersAsync(second);
        (await serving.RollBackAsync()).Expect(0);
        await serving.ExpectAnswersAsync(first);

        (await serving.RollBackAsync("--release", serving.NeverDeployed.Value)).Expect(3).ExpectText("the ledger knows no release");
        await serving.ExpectServingAsync(first);
    }

    [Fact]
    public async Task Staging_goes_back_alone()
    {
        var production = await serving.Installation.ServingAsync();
        foreach (var release in new[] { serving.First, serving.Second })
            (await serving.Installation.RunAsync("--target", "DeployStaging", "--release", release.Value)).Expect(0);

        (await serving.RollBackAsync("--environment", "staging")).Expect(0);

        var staging = await serving.Installation.StatusAsync("staging");
        Assert.Equal(serving.First.Value, staging.GetProperty("release").GetProperty("digest").GetString());
        Assert.Equal("healthy", staging.GetProperty("state").GetString());
        await serving.ExpectServingAsync(production);
    }

    private async Task<string[]> WarmInstancesAsync() =>
    [
        .. (await serving.Installation.StatusAsync("production")).GetProperty("instances").EnumerateArray()
            .Where(instance => instance.GetProperty("weight").GetInt32() == 0).Select(instance => instance.GetProperty("id").GetString()!),
    ];

    private async Task<(DeploymentKind Kind, DeploymentOutcome? Outcome)> LastAsync()
    {
        var last = (await serving.Door.HistoryAsync("production", Stop))[0];
        return (last.Kind, last.Outcome);
    }
}
