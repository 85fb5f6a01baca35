using Pipeline.EndToEnd.Installations;
using Pipeline.Testing.Docker;

namespace Pipeline.EndToEnd.Docker;

/// <summary>One host with both environments of the Shop and another service beside them.</summary>
[Collection(DockerCollection.Name)]
public sealed class NeighbourTests(TwoHosts hosts) : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task What_staging_prunes_and_another_service_takes_away_leaves_production_all_that_a_rollback_needs()
    {
        using var _ = hosts.Saying(("PIPELINE_STAGING_HOST", hosts.ProductionHost.Endpoint));
        var previous = await hosts.PreviousAsync();
        await using var users = new Witness(hosts.Production);
        var neighbour = hosts.Neighbour("other");
        (await neighbour.RunAsync("--target", "DeployStaging", "--release", hosts.First.Value)).Expect(0);
        var last = await hosts.Variants.GoodAsync(TestContext.Current.CancellationToken);
        foreach (var release in new[] { hosts.First, hosts.Second, last })
            (await hosts.StageAsync(release)).Expect(0);
        var (production, other) = (await EverythingOfAsync("shop", "production"), await EverythingOfAsync("other", "staging"));

        (await hosts.Installation.RunAsync("--target", "Prune", "--environment", "staging", "--keep", "1")).Expect(0)
            .ExpectText($"image pipeline/shop-staging:{hosts.First.Hex[..12]}");
        Assert.Equal(production, await EverythingOfAsync("shop", "production"));
        Assert.Equal(other, await EverythingOfAsync("other", "staging"));
        await ExpectTheSameFromComposeAsync(neighbour);
        var staging = await EverythingOfAsync("shop", "staging");
        await neighbour.DisposeAsync();

        Assert.Equal("", await EverythingOfAsync("other", "staging"));
        Assert.Equal(production, await EverythingOfAsync("shop", "production"));
        Assert.Equal(staging, await EverythingOfAsync("shop", "staging"));
        // What is on the host now is all that the rollback has.
        await hosts.Registry.StopAsync();
        (await hosts.RollBackAsync()).Expect(0);
        await hosts.Registry.StartAsync();
        await users.ExpectServedAllTheWayAsync();
        await hosts.ExpectServingAsync(previous);
    }

    [Fact]
    public async Task A_service_that_wants_a_port_that_another_one_has_is_refused_by_its_number_and_goes_on_with_another()
    {
        await using var users = new Witness(hosts.Production);
        await using var neighbour = hosts.Neighbour("late");
        neighbour.Environment["PIPELINE_STAGING_PORT"] = $"{hosts.Installation.ProductionPort}";

        var refused = (await neighbour.RunAsync("--target", "DeployStaging", "--release", hosts.First.Value)).Expect(1);

        refused.ExpectText($"{hosts.Installation.ProductionPort}").ExpectText("Address already in use; stop what listens there or choose another address");
        await hosts.ExpectServingAsync(await hosts.ServingAsync());
        neighbour.Environment["PIPELINE_STAGING_PORT"] = $"{neighbour.StagingPort}";
        (await neighbour.RunAsync("--target", "DeployStaging", "--release", hosts.First.Value)).Expect(0);
        await users.ExpectServedAllTheWayAsync();
    }

    public void Dispose() => folder.Dispose();

    /// <summary>An exported compose file is accepted, and starts what the pipeline itself started: the same images in the same confines, serving the same release.</summary>
    private async Task ExpectTheSameFromComposeAsync(Installation neighbour)
    {
        Needs.Program("docker-compose");
        var colour = (await neighbour.StatusAsync("staging")).GetProperty("instances")[0].GetProperty("id").GetString()!.Split('-')[1];
        var port = LoopbackPort.Free();
        neighbour.Environment["PIPELINE_STAGING_PORT"] = $"{port}";
        (await neighbour.RunAsync("--target", "ExportCompose", "--environment", "staging", "--release", hosts.First.Value, "--output", folder.Path)).Expect(0);
        neighbour.Environment["PIPELINE_STAGING_PORT"] = $"{neighbour.StagingPort}";
        await ExpectProductionsFileAsync(neighbour);
        string[] compose = ["--host", $"unix://{hosts.ProductionHost.Socket}", "--file", folder.Combine("docker-compose.staging.yml"), "--project-name", "composed"];
        await Command.RunAsync("docker-compose", [.. compose, "config", "--quiet"]);
        await Command.RunAsync("docker-compose", [.. compose, "up", "--detach"]);
        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
            var address = new Uri($"http://{hosts.ProductionHost.Address}:{port}/api/products");
            await Eventually.HoldsAsync(async () => await ReleaseAsync(client, address) == hosts.First.Value, "compose's own users are served", TimeSpan.FromMinutes(1));
            foreach (var (made, composed) in new[] { ($"{colour}-1", "staging-blue-1"), ("postgres", "database"), ("sandbox", "sandbox") })
                Assert.Equal(await ConfinesAsync($"other-staging-{made}"), await ConfinesAsync($"composed_{composed}_1"));
        }
        finally
        {
            await Command.RunAsync("docker-compose", [.. compose, "down", "--volumes"]);
        }
    }

    /// <summary>Where no folder is named the file lies where it does not make the clone another one.</summary>
    private async Task ExpectProductionsFileAsync(Installation neighbour)
    {
        (await neighbour.RunAsync("--target", "ExportCompose", "--environment", "production", "--release", hosts.First.Value)).Expect(0);

        var file = Path.Combine(neighbour.Home, "compose", "docker-compose.prod.yml");
        await Command.RunAsync("docker-compose", ["--file", file, "config", "--quiet"]);
        Assert.Contains($"{neighbour.ProductionPort}", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(Commands.Run("git", neighbour.Repository, "status", "--porcelain"));
    }

    private static async Task<string?> ReleaseAsync(HttpClient client, Uri address)
    {
        try
        {
            using var answer = await client.GetAsync(address);
            return answer.IsSuccessStatusCode ? answer.Headers.GetValues("Pipeline-Release").Single() : null;
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    // Engines keep the words in which they were told the same.
    private async Task<string> ConfinesAsync(string container) => (await hosts.ProductionHost.RunAsync("inspect", "--format",
        "{{.Image}} {{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}} {{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} "
        + "{{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}} {{.HostConfig.RestartPolicy.Name}} {{.HostConfig.LogConfig}}", container))
        .Replace("no-new-privileges:true", "no-new-privileges", StringComparison.Ordinal);

    /// <summary>Containers with their states, volumes, networks and images of one environment of one service.</summary>
    private async Task<string> EverythingOfAsync(string service, string environment)
    {
        var engine = hosts.ProductionHost;
        string[] labels = ["--filter", $"label=pipeline.service={service}", "--filter", $"label=pipeline.environment={environment}"];
        string[] all =
        [
            await engine.RunAsync(["ps", "--all", "--no-trunc", "--format", "{{.ID}} {{.Names}} {{.State}}", .. labels]),
            await engine.RunAsync(["volume", "ls", "--format", "{{.Name}}", .. labels]),
            await engine.RunAsync(["network", "ls", "--format", "{{.ID}} {{.Name}}", .. labels]),
            await engine.RunAsync("image", "ls", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}", $"pipeline/{service}-{environment}"),
        ];
        return string.Join('\n', all.SelectMany(TwoHosts.Lines).Order(StringComparer.Ordinal));
    }
}
