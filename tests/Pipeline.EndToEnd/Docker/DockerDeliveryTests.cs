using Pipeline.Delivery.Deployments;
using Pipeline.EndToEnd.Installations;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.EndToEnd.Docker;

/// <summary><c>--engine docker</c>: the same commands, on real hosts.</summary>
[Collection(DockerCollection.Name)]
public sealed class DockerDeliveryTests(TwoHosts hosts)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Running_containers_ledger_registry_and_another_clone_name_one_digest()
    {
        await using var clone = EmptyClone();
        var built = await clone.BuildAsync();
        await hosts.ServeAsync(built);
        var ledger = (await hosts.Door.HistoryAsync("production", Stop))[0].Release.Digest;
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"http://{hosts.Registry.Address}/v2/shop/manifests/{built}");
        request.Headers.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json");
        using var registry = await client.SendAsync(request, Stop);

        var running = await TwoHosts.RunningAsync(hosts.ProductionHost, "production", await hosts.ColourAsync("production"));

        Assert.Equal(hosts.First, built);
        Assert.Equal([built.Value, built.Value], running);
        Assert.Equal(built, ledger);
        Assert.Equal([built.Value], registry.Headers.GetValues("Docker-Content-Digest"));
    }

    [Fact]
    public async Task No_request_fails_while_releases_are_rolled_back_and_promoted_again()
    {
        var before = await hosts.ServingAsync();
        var other = await hosts.PreviousAsync();
        await using var witness = new Witness(hosts.Production);

        (await hosts.RollBackAsync()).Expect(0).ExpectText("engine: docker (--engine says so)");
        await hosts.ExpectServingAsync(other);
        (await hosts.PromoteAsync(before)).Expect(0);

        await witness.ExpectServedAllTheWayAsync();
        await hosts.ExpectServingAsync(before);
        Assert.Equal(DeploymentOutcome.Succeeded, (await hosts.Door.HistoryAsync("production", Stop))[0].Outcome);
    }

    [Fact]
    public async Task Users_are_served_without_the_engine_and_while_it_starts_and_the_next_run_goes_on_when_it_is_back()
    {
        var next = await hosts.OtherAsync();
        await using var witness = new Witness(hosts.Production);
        await hosts.ProductionHost.KillAsync();
        var away = await hosts.PromoteAsync(next);
        await Eventually.HoldsAsync(() => witness.Answers > 200, "users are served without the engine");

        await hosts.ProductionHost.StartAsync();
        (await hosts.PromoteAsync(next)).Expect(0);

        Assert.NotEqual(0, away.ExitCode);
        away.ExpectText($"unix://{hosts.ProductionHost.Socket}: ").ExpectText("start the engine there, or correct the host");
        await witness.ExpectServedAllTheWayAsync();
        await hosts.ExpectServingAsync(next);
    }

    [Fact]
    public async Task A_second_run_finds_everything_and_starts_nothing()
    {
        var serving = await hosts.ServingAsync();
        var before = await hosts.ProductionHost.RunAsync("ps", "--quiet", "--no-trunc");

        (await hosts.PromoteAsync(serving)).Expect(0).ExpectText("serves production since");

        Assert.Equal(before, await hosts.ProductionHost.RunAsync("ps", "--quiet", "--no-trunc"));
    }

    [Fact]
    public async Task Another_host_that_cannot_be_reached_is_named_and_users_are_served_on()
    {
        var (before, next) = (await hosts.ServingAsync(), await hosts.OtherAsync());
        await using var witness = new Witness(hosts.Production);
        RunResult run;
        using (hosts.Saying(("PIPELINE_PRODUCTION_HOST", "unix:///run/nobody.sock")))
            run = await hosts.PromoteAsync(next);

        Assert.Equal(1, run.ExitCode);
        run.ExpectText("unix:///run/nobody.sock: ").ExpectText("start the engine there, or correct the host");
        await Eventually.HoldsAsync(() => witness.Answers > 100, "users are served on");
        await witness.ExpectServedAllTheWayAsync();
        await hosts.ExpectServingAsync(before);
    }

    [Fact]
    public async Task No_secret_is_in_an_environment_label_or_argument_of_any_container()
    {
        var secrets = await File.ReadAllLinesAsync(Path.Combine(hosts.Installation.EnvironmentFolder("production"), "secrets.env"), Stop);
        var inspected = await hosts.ProductionHost.RunAsync(["inspect", .. TwoHosts.Lines(await hosts.ProductionHost.RunAsync("ps", "--all", "--quiet"))]);

        foreach (var secret in secrets.Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith("SHOP_SMOKE_USER", StringComparison.Ordinal)))
            Assert.DoesNotContain(secret.Split('=', 2)[1].Trim('"', '\''), inspected, StringComparison.Ordinal);
        Assert.Contains("DATABASE_URL_FILE=/run/secrets/", inspected, StringComparison.Ordinal);
        Assert.DoesNotContain("postgres://shop:", inspected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_on_two_hosts_has_instances_on_both_and_its_edge_reaches_them()
    {
        var installation = hosts.Installation;
        using var _ = hosts.Saying(("PIPELINE_STAGING_HOST", $"{hosts.StagingHost.Endpoint},{hosts.ProductionHost.Endpoint}"));
        var before = await hosts.ProductionHost.RunAsync("ps", "--quiet", "--no-trunc", "--filter", "label=pipeline.environment=production");

        (await installation.RunAsync("--target", "DeployStaging", "--release", hosts.First.Value)).Expect(0);

        Assert.Equal("healthy", await installation.StateAsync("staging"));
        var colour = await hosts.ColourAsync("staging");
        Assert.Equal([hosts.First.Value], await TwoHosts.RunningAsync(hosts.StagingHost, "staging", colour));
        Assert.Equal([hosts.First.Value], await TwoHosts.RunningAsync(hosts.ProductionHost, "staging", colour));
        Assert.Equal(before, await hosts.ProductionHost.RunAsync("ps", "--quiet", "--no-trunc", "--filter", "label=pipeline.environment=production"));
    }

    /// <summary>A clone of the same commit in another folder, with nothing that was made before but the base, which no parameter names: it is the one that this machine makes.</summary>
    private Installation EmptyClone()
    {
        var clone = new Installation(hosts.Installation);
        foreach (var made in new[] { "evidence", "artifacts" })
            Directory.Delete(Path.Combine(clone.Home, made), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(clone.Home, "images"), SystemImages.Root);
        clone.Environment["PIPELINE_ENGINE"] = hosts.Installation.Environment["PIPELINE_ENGINE"];
        Assert.NotEqual(hosts.Installation.Repository, clone.Repository);
        return clone;
    }
}
