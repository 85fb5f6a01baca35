using Pipeline.Delivery.Releases;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd.Docker.Examples;

/// <summary>The toolkit is not made for one Shop only: a Node.js application with PostgreSQL goes the same way, by a build program of its own.</summary>
[Collection(NotesCollection.Name)]
public sealed class NotesTests(NotesClone notes)
{
    [Fact]
    public async Task A_Node_application_is_built_rehearsed_promoted_changed_promoted_again_and_rolled_back_under_traffic()
    {
        (await notes.RunAsync("--target", "SmokeTest")).Expect(0).ExpectText("4 checks passed");
        (await notes.RunAsync("--target", "PromoteProduction")).Expect(0);
        var first = await notes.RunningAsync();
        await notes.WriteAsync("kept through all of it");
        await using var witness = new Witness(notes.Production);

        notes.Change("server.js", "{ status: 'alive' }", "{ status: 'well' }");
        (await notes.RunAsync("--target", "PromoteProduction")).Expect(0);
        var second = await notes.RunningAsync();

        Assert.NotEqual(first, second);
        Assert.Equal("""{"status":"well"}""", await notes.AskAsync("/health"));
        Assert.Equal((second, second), (await notes.StatusAsync("production"), await notes.StatusAsync("staging")));
        await ExpectContainersAsync("production", second);

        (await notes.RunAsync("--target", "Rollback", "--reason", "the old word was better")).Expect(0);

        Assert.Equal(first, await notes.RunningAsync());
        Assert.Equal("""{"status":"alive"}""", await notes.AskAsync("/health"));
        Assert.Equal((first, second), (await notes.StatusAsync("production"), await notes.StatusAsync("staging")));
        await ExpectContainersAsync("production", first);
        await witness.ExpectServedAllTheWayAsync();
        Assert.Contains("kept through all of it", await notes.AskAsync("/notes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_its_host_was_started_anew_Status_says_what_instances_wait_for_and_the_next_promotion_brings_it()
    {
        (await notes.RunAsync("--target", "PromoteProduction")).Expect(0);
        var serving = await notes.RunningAsync();
        await notes.WriteAsync("older than the restart");

        await notes.Host.StopAsync();
        await notes.Host.StartAsync();

        await Eventually.HoldsAsync(async () =>
        {
            var status = (await notes.RunAsync("--target", "Status", "--environment", "production")).Expect(0).Output;
            return status.Contains("production  down", StringComparison.Ordinal) && status.Contains("the secrets are gone from the memory of unix://", StringComparison.Ordinal)
                && status.Contains("which was started anew; --target PromoteProduction brings them back", StringComparison.Ordinal);
        }, "Status says that production is down, what it waits for and what brings it", TimeSpan.FromMinutes(2));

        (await notes.RunAsync("--target", "PromoteProduction")).Expect(0);

        Assert.Equal((serving, serving), (await notes.RunningAsync(), await notes.StatusAsync("production")));
        Assert.Contains("older than the restart", await notes.AskAsync("/notes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Down_with_the_data_leaves_nothing_on_the_host()
    {
        (await notes.RunAsync("--target", "PromoteProduction")).Expect(0);

        (await notes.RunAsync("--target", "Down", "--delete-data", "true")).Expect(0);

        foreach (var kind in (string[][])[["ps", "--all"], ["volume", "ls"], ["network", "ls"]])
            Assert.Equal("", await notes.Host.RunAsync([.. kind, "--quiet", "--filter", "label=pipeline.service=notes"]));
        foreach (var environment in new[] { "staging", "production" })
            Assert.Equal("", await notes.Host.RunAsync("image", "ls", "--quiet", $"pipeline/notes-{environment}"));
    }

    [Fact]
    public async Task Every_command_of_its_README_is_understood()
    {
        const string Start = "dotnet run --project build -- ";
        var commands = notes.ReadMe.Where(line => line.StartsWith(Start, StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(commands);
        foreach (var command in commands)
            (await notes.PlanAsync(Words(command[Start.Length..]))).Expect(0);

        static IEnumerable<string> Words(string line) => line.Split('"').SelectMany((part, number) => number % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The instances of a release run its very image: an engine knows it by the digest of the configuration that the artifact's manifest names.</summary>
    private async Task ExpectContainersAsync(string environment, Digest release)
    {
        string[] filters = ["--filter", "label=pipeline.role=instance", "--filter", $"label=pipeline.environment={environment}", "--filter", $"label=pipeline.release={release}"];
        var containers = TwoHosts.Lines(await notes.Host.RunAsync(["ps", "--quiet", .. filters]));
        var images = TwoHosts.Lines(await notes.Host.RunAsync(["inspect", "--format", "{{.Image}}", .. containers]));
        var image = notes.ImageOf(release);
        Assert.Equal([image, image], images);
    }
}
