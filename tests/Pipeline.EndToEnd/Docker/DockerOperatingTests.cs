using Pipeline.Delivery.Releases;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd.Docker;

/// <summary>What people do with what runs in containers: read its logs, go inside, look at it, clear away what nobody returns to.</summary>
[Collection(DockerCollection.Name)]
public sealed class DockerOperatingTests(TwoHosts hosts)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Logs_shows_the_last_lines_of_every_container_and_follows_until_it_is_stopped()
    {
        var run = (await hosts.Installation.RunAsync("--target", "Logs", "--environment", "production", "--lines", "3")).Expect(0);

        Assert.Matches("(?m)^production-(blue|green)-1  .", run.Output);
        Assert.Matches("(?m)^production-(blue|green)-2  .", run.Output);

        await using var following = hosts.Installation.Start("--target", "Logs", "--environment", "production", "--lines", "1", "--follow");
        await Eventually.HoldsAsync(() => following.Everything.Contains("production-", StringComparison.Ordinal), "it shows a line", TimeSpan.FromMinutes(1));
        following.Signal("INT");
        Assert.Equal(130, (await following.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task A_shell_in_a_container_of_production_needs_a_reason_runs_what_is_typed_and_the_ledger_has_the_reason()
    {
        string[] production = ["--environment", "production"];
        var refused = (await ShellRun.TypeAsync(hosts.Installation, "echo never", production)).Expect(3);
        var reason = $"orders are missing {Guid.NewGuid():N}";
        var run = (await ShellRun.TypeAsync(hosts.Installation, "echo \"I am $(id -u) in $SHOP_ENVIRONMENT\"", [.. production, "--reason", reason])).Expect(0);
        var recorded = new List<Rehearsal>();
        foreach (var instance in (await hosts.Installation.StatusAsync("production")).GetProperty("instances").EnumerateArray())
            recorded.AddRange(await hosts.Door.Ledger.ReadRehearsalsAsync(Digest.Parse(instance.GetProperty("digest").GetString()!), Stop));

        Assert.Contains("production: a shell there needs a reason, which the ledger keeps; pass --reason with why", refused.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("never", refused.Output, StringComparison.Ordinal);
        Assert.Contains("I am 10001 in production", run.Output, StringComparison.Ordinal);
        Assert.Contains(": the shell ended with 0", run.Output, StringComparison.Ordinal);
        Assert.Contains(recorded, each => each is { Check: "shell", Environment: "production" } && each.Detail.EndsWith(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Status_says_of_the_instances_on_all_hosts_what_their_own_health_checks_find()
    {
        await Eventually.HoldsAsync(async () => Healths(await hosts.Installation.RunAsync("--target", "Status")) >= 4, "both hosts find their instances healthy", TimeSpan.FromMinutes(2));

        static int Healths(RunResult status) => status.Expect(0).Output.Split('\n').Count(line =>
            line.StartsWith("  instance", StringComparison.Ordinal) && line.TrimEnd().EndsWith("host: healthy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prune_takes_the_images_that_no_rollback_needs_and_a_rollback_finds_what_it_needs()
    {
        await hosts.ServeSecondAfterFirstAsync();
        var (oldest, before) = (hosts.First, hosts.Second);
        (await hosts.PromoteAsync(await hosts.NextAsync())).Expect(0);
        Assert.Contains(Tag(oldest), await ImagesAsync(), StringComparison.Ordinal);
        var staging = await StagingImagesAsync();

        var run = (await hosts.Installation.RunAsync("--target", "Prune", "--environment", "production", "--keep", "1")).Expect(0);

        run.ExpectText("the present release and up to 1 before it stay");
        Assert.DoesNotContain(Tag(oldest), await ImagesAsync(), StringComparison.Ordinal);
        Assert.Contains(Tag(before), await ImagesAsync(), StringComparison.Ordinal);
        Assert.Equal(staging, await StagingImagesAsync());
        (await hosts.RollBackAsync()).Expect(0);
        await hosts.ExpectServingAsync(before);
    }

    [Fact]
    public async Task Prune_after_a_rollback_leaves_what_the_next_rollback_returns_to()
    {
        await hosts.ServeSecondAfterFirstAsync();
        (await hosts.PromoteAsync(await hosts.NextAsync())).Expect(0);
        (await hosts.RollBackAsync()).Expect(0);

        (await hosts.Installation.RunAsync("--target", "Prune", "--environment", "production", "--keep", "1")).Expect(0);

        Assert.Contains(Tag(hosts.First), await ImagesAsync(), StringComparison.Ordinal);
        (await hosts.RollBackAsync()).Expect(0);
        await hosts.ExpectServingAsync(hosts.First);
        await hosts.ServeAsync(hosts.Second);
    }

    [Fact]
    public async Task A_promotion_clears_away_what_lies_behind_the_releases_to_keep()
    {
        await hosts.ServeSecondAfterFirstAsync();
        var (oldest, before) = (hosts.First, hosts.Second);
        var next = await hosts.NextAsync();
        using (hosts.Saying(("PIPELINE_KEEP", "1")))
            (await hosts.PromoteAsync(next)).Expect(0).ExpectText($"image {Tag(oldest)}");

        var images = await ImagesAsync();
        Assert.DoesNotContain(Tag(oldest), images, StringComparison.Ordinal);
        Assert.Contains(Tag(before), images, StringComparison.Ordinal);
        (await hosts.RollBackAsync()).Expect(0);
        await hosts.ExpectServingAsync(before);
    }

    private Task<string> ImagesAsync() => hosts.ProductionHost.RunAsync("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "pipeline/shop-production");

    // Images of one time come in any order.
    private async Task<IEnumerable<string>> StagingImagesAsync() =>
        TwoHosts.Lines(await hosts.StagingHost.RunAsync("image", "ls", "--format", "{{.ID}} {{.Repository}}:{{.Tag}}")).Order(StringComparer.Ordinal);

    private static string Tag(Digest release) => $"pipeline/shop-production:{release.Hex[..12]}";
}
