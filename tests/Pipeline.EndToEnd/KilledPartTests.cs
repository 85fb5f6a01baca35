using System.Diagnostics;
using Pipeline.Delivery.Releases;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>kill -9 of each part of production while users ask. All of them come back by themselves.</summary>
[Collection(ServingCollection.Name)]
public sealed class KilledPartTests(ServingInstallation serving)
{
    private string Production => Path.Combine(serving.Installation.Home, "environments", "production");

    [Fact]
    public async Task A_killed_instance_is_not_noticed_and_comes_back()
    {
        var digest = await DigestAsync();
        await using var witness = new Witness(serving.Installation.Production);
        var serves = (await serving.Installation.StatusAsync("production")).GetProperty("instances").EnumerateArray()
            .First(instance => instance.GetProperty("weight").GetInt32() > 0).GetProperty("id").GetString()!;

        Kill(Path.Combine(Production, "instances", serves));

        await ExpectHealthyAgainAsync(digest, witness);
    }

    [Fact]
    public async Task A_killed_edge_is_replaced_before_anybody_is_refused()
    {
        var digest = await DigestAsync();
        Kill(Path.Combine(Production, "edge"));

        using var client = new HttpClient { BaseAddress = serving.Installation.Production };
        using var answer = await client.GetAsync(new Uri("/version", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode);
        await using var witness = new Witness(serving.Installation.Production);
        await ExpectHealthyAgainAsync(digest, witness);
    }

    [Fact]
    public async Task A_killed_database_comes_back_and_so_does_the_shop()
    {
        var digest = await DigestAsync();
        Kill(Path.Combine(Production, "postgres", "server"));

        await Eventually.HoldsAsync(
            async () => (await serving.Installation.StatusAsync("production")).GetProperty("state").GetString() == "healthy", "production is healthy again", TimeSpan.FromMinutes(2));
        await using var witness = new Witness(serving.Installation.Production);
        await ExpectHealthyAgainAsync(digest, witness);
    }

    [Fact]
    public async Task A_killed_ledger_in_mid_deployment_leaves_users_served_and_the_next_run_goes_on()
    {
        var release = await serving.OtherAsync();
        await using var witness = new Witness(serving.Installation.Production);
        await serving.Door.HangAtAsync("switch", "finished", TestContext.Current.CancellationToken);
        await using (var run = serving.StartPromotion(release))
        {
            await Eventually.HoldsAsync(
                async () => run.HasEnded || await serving.Door.HangsAsync(TestContext.Current.CancellationToken), "the deployment reached its switch", TimeSpan.FromMinutes(3));
            Kill(Path.Combine(serving.Installation.Home, "ledger", "postgres", "server"));
            Assert.Equal(1, (await run.EndAsync()).ExitCode);
        }
        await Eventually.HoldsAsync(AnswersAsync, "the ledger answers again", TimeSpan.FromMinutes(2));
        await serving.Door.LetGoAsync(TestContext.Current.CancellationToken);

        (await serving.PromoteAsync(release)).Expect(0);

        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(release);
    }

    private async Task<Digest> DigestAsync() => await serving.Installation.ServingAsync();

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await serving.Door.HangsAsync(TestContext.Current.CancellationToken);
            return true;
        }
        catch (Npgsql.NpgsqlException)
        {
            return false;
        }
    }

    private async Task ExpectHealthyAgainAsync(Digest digest, Witness witness)
    {
        await Eventually.HoldsAsync(
            async () => (await serving.Installation.StatusAsync("production")).GetProperty("state").GetString() == "healthy", "production is healthy again", TimeSpan.FromMinutes(2));
        await witness.ExpectServedAllTheWayAsync();
        await serving.ExpectServingAsync(digest);
    }

    private void Kill(string directory)
    {
        using var process = Process.GetProcessById(serving.Installation.Supervisors().Observe(directory)!.ProcessId!.Value);
        process.Kill();
    }
}
