using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>kill -9 of each part of production while users ask. All of them come back by themselves.</summary>
[Collection(ServingCollection.Name)]
public sealed class KilledPartTests(ServingInstallation serving)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_instance_is_not_noticed_and_comes_back()
    {
        var digest = await serving.Installation.ServingAsync();
        var serves = await ServingInstanceAsync();
        await using var witness = new Witness(serving.Installation.Production);

        serving.Parts.Kill(serving.Parts.Instance(serves));

        await AwaitHealthyAsync();
        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(digest);
    }

    [Fact]
    public async Task The_killed_supervisor_of_an_instance_is_not_noticed_and_the_next_promotion_replaces_it()
    {
        var digest = await serving.Installation.ServingAsync();
        var instance = serving.Parts.Instance(await ServingInstanceAsync());
        await using var witness = new Witness(serving.Installation.Production);

        serving.Parts.KillSupervisor(instance);
        (await serving.PromoteAsync(await serving.OtherAsync())).Expect(0);
        (await serving.RollBackAsync()).Expect(0);

        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(digest);
        Assert.True(serving.Installation.Supervisors().Observe(instance) is { Running: true, Supervised: true });
    }

    [Fact]
    public async Task A_killed_edge_is_replaced_before_anybody_is_refused()
    {
        var digest = await serving.Installation.ServingAsync();
        serving.Parts.Kill(serving.Parts.Edge("production"));

        await serving.ExpectAnswersAsync(digest);

        await using var witness = new Witness(serving.Installation.Production);
        await AwaitHealthyAsync();
        await Eventually.HoldsAsync(() => witness.Answers > 500, "users are answered");
        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(digest);
    }

    [Fact]
    public async Task The_killed_supervisor_of_the_edge_is_not_noticed_and_the_next_promotion_replaces_it()
    {
        var release = await serving.OtherAsync();
        await using var witness = new Witness(serving.Installation.Production);

        serving.Parts.KillSupervisor(serving.Parts.Edge("production"));
        (await serving.PromoteAsync(release)).Expect(0);

        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(release);
        Assert.True(serving.Installation.Supervisors().Observe(serving.Parts.Edge("production")) is { Running: true, Supervised: true });
    }

    [Fact]
    public async Task A_killed_database_comes_back_and_so_does_the_shop()
    {
        var digest = await serving.Installation.ServingAsync();
        serving.Parts.Kill(serving.Parts.Database("production"));

        await AwaitHealthyAsync();
        await AwaitProductsAsync();

        await using var witness = new Witness(serving.Installation.Production);
        await Eventually.HoldsAsync(() => witness.Answers > 500, "users are answered");
        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(digest);
    }

    [Fact]
    public async Task A_database_killed_in_mid_deployment_leaves_the_ledger_right_and_the_next_run_goes_on()
    {
        var release = await serving.OtherAsync();
        await serving.Door.HangAtAsync("start", "finished", Stop);
        await using (var run = serving.StartPromotion(release))
        {
            await serving.Door.AwaitHangAsync(run, Stop);
            serving.Parts.Kill(serving.Parts.Database("production"));
            await serving.Door.LetThroughAsync(Stop);
            // Whether the deployment waits for the database or gives up is a matter of moments; both are right.
            var end = await run.EndAsync();
            Assert.True(end.ExitCode is 0 or 1, end.Everything);
        }
        await AwaitHealthyAsync();

        (await serving.PromoteAsync(release)).Expect(0);

        await serving.ExpectServingAsync(release);
        await AwaitProductsAsync();
    }

    [Fact]
    public async Task A_ledger_killed_in_mid_deployment_leaves_users_served_and_the_next_run_goes_on()
    {
        var release = await serving.OtherAsync();
        await using var witness = new Witness(serving.Installation.Production);
        await serving.Door.HangAtAsync("switch", "finished", Stop);
        await using (var run = serving.StartPromotion(release))
        {
            await serving.Door.AwaitHangAsync(run, Stop);
            serving.Parts.Kill(serving.Parts.Ledger);
            (await run.EndAsync()).Expect(1).ExpectText("the deployment lock was lost").ExpectText("run the same command again");
        }
        await Eventually.HoldsAsync(() => serving.Door.AnswersAsync(Stop), "the ledger answers again", Patience);
        await serving.Door.LetGoAsync(Stop);

        (await serving.PromoteAsync(release)).Expect(0);

        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(release);
    }

    private async Task<string> ServingInstanceAsync() =>
        (await serving.Installation.StatusAsync("production")).GetProperty("instances").EnumerateArray()
            .First(instance => instance.GetProperty("weight").GetInt32() > 0).GetProperty("id").GetString()!;

    private Task AwaitHealthyAsync() =>
        Eventually.HoldsAsync(async () => await serving.Installation.StateAsync("production") == "healthy", "production is healthy again", Patience);

    private async Task AwaitProductsAsync()
    {
        using var client = new HttpClient { BaseAddress = serving.Installation.Production };
        await Eventually.HoldsAsync(
            async () =>
            {
                using var answer = await client.GetAsync(new Uri("/api/products", UriKind.Relative), Stop);
                return answer.IsSuccessStatusCode;
            },
            "the Shop reads its products again", Patience);
    }
}
