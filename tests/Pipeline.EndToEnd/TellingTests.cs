using System.Text.RegularExpressions;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;
using Pipeline.EndToEnd.Installations;
using Pipeline.Testing.GitHub;

namespace Pipeline.EndToEnd;

/// <summary>What GitHub is told of deployments: a local one, which may be down, slow or unwilling.</summary>
[Collection(ServingCollection.Name)]
public sealed class TellingTests : IAsyncLifetime
{
    private readonly ServingInstallation serving;
    private readonly LocalGitHub github = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public TellingTests(ServingInstallation serving)
    {
        this.serving = serving;
        foreach (var (name, value) in Variables("later"))
            serving.Installation.Environment[name] = value;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_promotion_and_the_way_back_are_told_with_what_they_deployed()
    {
        var (before, other) = (await serving.Installation.ServingAsync(), await serving.OtherAsync());

        (await serving.PromoteAsync(other)).Expect(0).ExpectText($"told {Name}: deployment");
        (await serving.RollBackAsync("--production-url", "https://shop.example.org")).Expect(0);

        Assert.Equal(2, github.Known.Count);
        Assert.Matches($"^production {Regex.Escape(await VersionAsync(other))}: (in_progress )?success inactive$", github.Known[0]);
        Assert.Matches($"^production {Regex.Escape(await VersionAsync(before))}: (in_progress )?success$", github.Known[1]);
        var newest = (await serving.Door.HistoryAsync("production", cancellation))[0];
        Assert.Equal(
            (before.Value, $"{newest.Id}", "rollback", newest.Release.Commit),
            (Payload("digest"), Payload("deployment"), Payload("kind"), github.Deployments[1].GetProperty("ref").GetString()));
        Assert.Equal(
            [serving.Installation.Production.ToString(), "https://shop.example.org/"],
            github.Statuses.Where(status => status.GetProperty("state").GetString() == "success").Select(status => status.GetProperty("environment_url").GetString()));

        string? Payload(string key) => github.Deployments[1].GetProperty("payload").GetProperty(key).GetString();
    }

    [Fact]
    public async Task With_GitHub_down_a_promotion_goes_on_and_what_was_not_told_is_told_later()
    {
        var other = await serving.OtherAsync();
        github.GoesWrong = (_, _) => 503;

        (await serving.PromoteAsync(other)).Expect(0).ExpectText($"production: {Name} could not be told everything of its deployments").ExpectText("the next deployment or --target TellGitHub tells it");
        Assert.Empty(github.Known);
        (await serving.Installation.RunAsync("--target", "TellGitHub")).Expect(1).ExpectText($"{Name}: 2 facts are not told");
        github.GoesWrong = (_, _) => null;
        (await serving.Installation.RunAsync("--target", "TellGitHub")).Expect(0).ExpectText("to production: success");
        (await serving.Installation.RunAsync("--target", "TellGitHub")).Expect(0).ExpectText("GitHub knows everything");

        Assert.Equal([$"production {await VersionAsync(other)}: success"], github.Known);
        await serving.ExpectServingAsync(other);
    }

    [Fact]
    public async Task Where_telling_is_required_what_GitHub_does_not_take_of_an_earlier_deployment_refuses_no_other()
    {
        var (before, other) = (await serving.Installation.ServingAsync(), await serving.OtherAsync());
        github.NeverTaken.Add(await VersionAsync(other));
        (await serving.PromoteAsync(other)).Expect(0).ExpectText("was answered with 422");

        (await serving.Installation.RunAsync("--target", "PromoteProduction", "--release", before.Value, "--tell", "required")).Expect(0).ExpectText("could not be told everything of its deployments");
        (await serving.Installation.RunAsync("--target", "TellGitHub")).Expect(0).ExpectText($"{Name} does not take it, and is told again next time: deployment");
        (await serving.Installation.RunAsync("--target", "PromoteProduction", "--release", other.Value, "--tell", "required")).Expect(3)
            .ExpectText($"production: --tell required, and {Name} cannot be told of deployments: deployment");

        Assert.Equal([$"production {await VersionAsync(before)}: in_progress success"], github.Known);
        await serving.ExpectServingAsync(before);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_telling_is_required_a_promotion_that_cannot_be_told_is_refused(bool answersQuestions)
    {
        var (before, count) = (await serving.Installation.ServingAsync(), (await serving.Door.HistoryAsync("production", cancellation)).Count);
        github.GoesWrong = (method, _) => method == "POST" || !answersQuestions ? 403 : null;

        (await serving.Installation.RunAsync("--target", "PromoteProduction", "--release", (await serving.OtherAsync()).Value, "--tell", "required")).Expect(3)
            .ExpectText($"production: --tell required, and {Name} cannot be told of deployments").ExpectText("the token from GITHUB_TOKEN may not do that");

        await serving.ExpectServingAsync(before);
        // What GitHub said only when it was told stands in the ledger as begun and undone.
        Assert.Equal(answersQuestions ? [DeploymentOutcome.Undone] : [], (await serving.Door.HistoryAsync("production", cancellation)).SkipLast(count).Select(record => record.Outcome!.Value));
    }

    [Fact]
    public async Task Users_do_not_wait_for_a_silent_GitHub_and_a_run_that_is_killed_meanwhile_is_told_by_the_next()
    {
        (await serving.PromoteAsync(await serving.OtherAsync())).Expect(0);
        var back = await serving.OtherAsync();
        github.GoesWrong = (_, _) => Mishap.Hangs;
        await using var run = serving.Installation.Start("--target", "Rollback", "--reason", "it burns");

        await Eventually.HoldsAsync(async () => await serving.Installation.ServingAsync() == back, "users are back while GitHub is silent", TimeSpan.FromMinutes(1));
        await Eventually.HoldsAsync(
            async () => (await serving.Door.HistoryAsync("production", cancellation))[0] is { Kind: DeploymentKind.Rollback, Outcome: DeploymentOutcome.Succeeded }, "the rollback ended", TimeSpan.FromMinutes(1));
        Assert.False(run.HasEnded);
        await run.KillAsync();
        github.GoesWrong = (_, _) => null;
        (await serving.Installation.RunAsync("--target", "TellGitHub")).Expect(0);

        Assert.EndsWith($"production {await VersionAsync(back)}: success", github.Known[^1], StringComparison.Ordinal);
        Assert.EndsWith("success inactive", github.Known[0], StringComparison.Ordinal);
        await serving.ExpectServingAsync(back);
    }

    [Fact]
    public async Task Nobody_is_told_of_an_environment_of_this_machine_alone_unless_that_is_asked_for()
    {
        serving.Installation.Environment.Remove("PIPELINE_TELL");

        (await serving.PromoteAsync(await serving.OtherAsync())).Expect(0);

        Assert.Empty(github.Requests);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (name, _) in Variables(""))
            serving.Installation.Environment.Remove(name);
        await github.DisposeAsync();
    }

    private string Name => $"{github.Address.Authority}/mia/shop";

    private (string Name, string Value)[] Variables(string tell) =>
        [("GITHUB_API_URL", github.Address.ToString()), ("GITHUB_REPOSITORY", "mia/shop"), ("GITHUB_TOKEN", "a-token"), ("PIPELINE_TELL", tell)];

    private async Task<string> VersionAsync(Digest digest) => (await serving.Installation.Store.ReadReleaseAsync(digest, cancellation)).Version;
}
