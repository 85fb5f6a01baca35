using System.Globalization;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;
using Pipeline.EndToEnd.Installations;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.EndToEnd.Docker;

/// <summary>What can go wrong with the containers of a release, before and after it has users.</summary>
[Collection(DockerCollection.Name)]
public sealed class InstanceFaultTests(TwoHosts hosts)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_that_takes_more_memory_than_it_may_is_undone_and_the_message_says_what_killed_it()
    {
        var greedy = await hosts.Variants.FaultyAsync("takes-all-memory", Stop);
        await ExpectUndoneAsync(() => Task.FromResult(greedy), "staging-", "signal 9, out of memory: its limit is 512 MiB, raise it or mend what takes more");
    }

    [Fact]
    public async Task A_container_of_somebody_else_with_the_name_of_an_instance_is_named_and_left_alone()
    {
        var (engine, foreign) = (hosts.StagingHost, "");
        try
        {
            await ExpectUndoneAsync(async () =>
            {
                foreign = await PlaceForeignAsync(engine, $"shop-staging-{(await hosts.ColourAsync("staging") == "blue" ? "green" : "blue")}-1");
                return hosts.Second;
            }, $"staging: host unix://{engine.Socket}: container shop-staging-", " is not of shop staging (it is ", " from image foreign:test); rename or remove it, then run again");

            Assert.Equal("true", (await engine.RunAsync("inspect", "--format", "{{.State.Running}}", foreign)).Trim());
        }
        finally
        {
            await engine.TryAsync("rm", "--force", foreign);
        }
        (await hosts.StageAsync(hosts.Second)).Expect(0);
        Assert.Equal("healthy", await hosts.Installation.StateAsync("staging"));
    }

    [Fact]
    public async Task An_instance_that_is_killed_for_memory_is_not_noticed_and_comes_back()
    {
        var (engine, digest) = (hosts.ProductionHost, await hosts.ServingAsync());
        var name = $"shop-production-{await hosts.ColourAsync("production")}-1";
        await using var witness = new Witness(hosts.Production);

        await PreferForKillingAsync(engine, name);
        await engine.TryAsync("exec", name, "sh", "-c", "hoard=$(cat /dev/zero | tr '\\0' x)");

        await Eventually.HoldsAsync(async () => (await engine.RunAsync("inspect", "--format", "{{.RestartCount}} {{.State.Running}}", name)).Trim() == "1 true", "it was killed and came back");
        await Eventually.HoldsAsync(async () => await hosts.Installation.StateAsync("production") == "healthy", "production is healthy", TimeSpan.FromMinutes(1));
        await witness.ExpectServedAllTheWayAsync();
        await hosts.ExpectServingAsync(digest);
    }

    /// <summary>Holds that users are served all the way by what served before, and that the ledger says so.</summary>
    private async Task ExpectUndoneAsync(Func<Task<Digest>> prepare, params string[] texts)
    {
        (await hosts.StageAsync(hosts.First)).Expect(0);
        await using var witness = new Witness(hosts.Staging);
        var release = await prepare();

        var run = (await hosts.StageAsync(release)).Expect(1);

        foreach (var text in texts)
            run.ExpectText(text);
        run.ExpectText($"staging: undone, {hosts.First.Abbreviated} serves as before");
        var record = (await hosts.Door.HistoryAsync("staging", Stop))[0];
        Assert.Equal((DeploymentOutcome.Undone, release), (record.Outcome, record.Release.Digest));
        Assert.DoesNotContain(release.Value, await TwoHosts.RunningAsync(hosts.StagingHost, "staging"));
        await witness.ExpectServedAllTheWayAsync();
    }

    private static async Task<string> PlaceForeignAsync(TestEngine engine, string name)
    {
        await SmallImage.MakeAsync(engine, "foreign:test", "foreign");
        await engine.TryAsync("rm", "--force", name);
        return (await engine.RunAsync("run", "--detach", "--name", name, "foreign:test")).Trim();
    }

    /// <summary>Lets the kernel kill the application, and not what takes the memory beside it.</summary>
    private static async Task PreferForKillingAsync(TestEngine engine, string container)
    {
        var first = (await engine.RunAsync("inspect", "--format", "{{.State.Pid}}", container)).Trim();
        var children = await File.ReadAllTextAsync($"/proc/{first}/task/{first}/children", Stop);
        foreach (var process in children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(first))
            await File.WriteAllTextAsync($"/proc/{process}/oom_score_adj", 1000.ToString(CultureInfo.InvariantCulture), Stop);
    }
}
