using Pipeline.Delivery.Releases;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd.Docker.Examples;

/// <summary>The toolkit is not made for one Shop only: a Node.js application with PostgreSQL goes the same way, by a build program of its own.</summary>
[Collection(NotesCollection.Name)]
public sealed class NotesTests(NotesClone notes)
{
    [Fact]
    public async Task A_Node_application_is_built_rehearsed_promoted_changed_promoted_again_rolled_back_and_taken_down()
    {
        (await notes.RunAsync("--target", "SmokeTest")).Expect(0).ExpectText("4 checks passed");
        (await notes.RunAsync("--target", "PromoteProduction")).Expect(0);
        var first = await notes.RunningAsync();
        await notes.WriteAsync("kept through all of it");
        await using (var witness = new Witness(notes.Production))
        {
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
        }
        Assert.Contains("kept through all of it", await notes.AskAsync("/notes"), StringComparison.Ordinal);

        (await notes.RunAsync("--target", "Down", "--delete-data", "true")).Expect(0);

        foreach (var kind in (string[][])[["ps", "--all"], ["volume", "ls"], ["network", "ls"]])
            Assert.Equal("", await notes.Host.RunAsync([.. kind, "--quiet", "--filter", "label=pipeline.service=notes"]));
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
