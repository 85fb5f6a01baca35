using Pipeline.Delivery.Deployments;
using Pipeline.GitHub.Rest;
using Pipeline.GitHub.Running;
using Pipeline.GitHub.Telling;
using Pipeline.Testing.GitHub;

namespace Pipeline.GitHub.Tests.Telling;

public sealed class TellingOfDeployments : IAsyncLifetime
{
    private readonly LocalGitHub github = new();

    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };

    private KeptTellings ledger = null!;

    public ValueTask InitializeAsync()
    {
        ledger = new(Access().Name);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Says_that_it_goes_on_how_it_ended_and_what_it_took_the_place_of()
    {
        ledger.Deploy("1.0.0");
        await TellAsync();
        var second = ledger.Begin("2.0.0");
        await TellAsync();
        Assert.Equal(["production 1.0.0: success", "production 2.0.0: in_progress"], github.Known);
        ledger.End(second, DeploymentOutcome.Succeeded);

        var report = await TellAsync();

        Assert.Equal(["production 1.0.0: success inactive", "production 2.0.0: in_progress success"], github.Known);
        Assert.Equal((null, 0), (report.Shortfall, report.Left));
        Assert.Equal(["deployment 2 to production: success", "deployment 1 to production: inactive"], report.Told);
        Assert.Equal(["Begun", "Succeeded", "Begun", "InProgress", "Succeeded", "Replaced"], ledger.Told.Select(telling => telling.Fact.ToString()));
        Assert.All(ledger.Told, telling => Assert.Equal(("the test", true), (telling.By, telling.Reference > 1000)));
    }

    [Fact]
    public async Task Hands_over_digest_release_ledger_number_and_addresses_and_merges_nothing()
    {
        ledger.End(ledger.Begin("1.0.0", kind: DeploymentKind.Rollback), DeploymentOutcome.Succeeded);

        await TellAsync();

        var deployment = Assert.Single(github.Deployments);
        Assert.Equal(new string('c', 40), deployment.GetProperty("ref").GetString());
        Assert.Equal($"back to 1.0.0 (bbbbbbbbbbbb) by mia@laptop", deployment.GetProperty("description").GetString());
        Assert.Equal(
            ("1", $"sha256:{new string('b', 64)}", "1.0.0", "rollback"),
            (Payload("deployment"), Payload("digest"), Payload("version"), Payload("kind")));
        Assert.False(deployment.GetProperty("auto_merge").GetBoolean());
        Assert.True(deployment.GetProperty("production_environment").GetBoolean());
        Assert.Equal(0, deployment.GetProperty("required_contexts").GetArrayLength());
        var status = Assert.Single(github.Statuses);
        Assert.Equal(("https://example.org/log", "https://shop.example.org/"), (status.GetProperty("log_url").GetString(), status.GetProperty("environment_url").GetString()));
        Assert.False(status.GetProperty("auto_inactive").GetBoolean());

        string? Payload(string key) => deployment.GetProperty("payload").GetProperty(key).GetString();
    }

    [Theory]
    [InlineData(DeploymentOutcome.Undone, "failure")]
    [InlineData(DeploymentOutcome.RolledBack, "failure")]
    [InlineData(DeploymentOutcome.Failed, "error")]
    public async Task Says_that_it_failed_and_leaves_what_serves_active(DeploymentOutcome outcome, string state)
    {
        ledger.Deploy("1.0.0");
        ledger.Deploy("2.0.0", outcome);

        await TellAsync();

        Assert.Equal(["production 1.0.0: success", $"production 2.0.0: {state}"], github.Known);
    }

    [Theory]
    [InlineData("POST", "/deployments")]
    [InlineData("POST", "/statuses")]
    public async Task Nothing_is_told_twice_where_the_answer_was_lost(string method, string path)
    {
        ledger.Deploy("1.0.0");
        var lost = 0;
        github.GoesWrong = (asked, where) => asked == method && where.EndsWith(path, StringComparison.Ordinal) && lost++ == 0 ? Mishap.LosesAnswer : null;

        Assert.Equal(GitHubFault.Unavailable, (await TellAsync()).Broken!.Fault);
        var report = await TellAsync();

        Assert.Equal((null, 1), (report.Shortfall, lost > 0 ? 1 : 0));
        Assert.Equal(["production 1.0.0: success"], github.Known);
    }

    [Theory]
    [InlineData(401, GitHubFault.Unauthorized)]
    [InlineData(403, GitHubFault.Forbidden)]
    [InlineData(404, GitHubFault.NotFound)]
    [InlineData(500, GitHubFault.Unavailable)]
    [InlineData(503, GitHubFault.Unavailable)]
    [InlineData(Mishap.Breaks, GitHubFault.Unavailable)]
    [InlineData(Mishap.Hangs, GitHubFault.Unavailable)]
    public async Task What_cannot_be_told_now_is_told_later_in_its_order(object mishap, GitHubFault fault)
    {
        ledger.Deploy("1.0.0");
        await TellAsync();
        ledger.Deploy("2.0.0", DeploymentOutcome.RolledBack);
        ledger.Deploy("3.0.0");
        github.GoesWrong = (method, path) => method == "POST" ? mishap : null;

        var report = await TellAsync(mishap is Mishap.Hangs ? TimeSpan.FromMilliseconds(200) : null);
        Assert.Equal((fault, 5, 0), (report.Broken!.Fault, report.Left, report.Told.Count));
        github.GoesWrong = (_, _) => null;
        await TellAsync();

        Assert.Equal(["production 1.0.0: success inactive", "production 2.0.0: failure", "production 3.0.0: success"], github.Known);
        Assert.Equal(["success", "failure", "success", "inactive"], github.Statuses.Select(status => status.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_limit_that_ends_too_late_is_not_waited_for_and_says_until_when()
    {
        ledger.Deploy("1.0.0");
        github.FaultHeaders["Retry-After"] = "3600";
        github.GoesWrong = (method, _) => method == "POST" ? 403 : null;

        var report = await TellAsync();

        Assert.Equal(GitHubFault.RateLimited, report.Broken!.Fault);
        Assert.NotNull(report.Broken.LimitedUntil);
    }

    [Theory]
    [InlineData(409)]
    [InlineData(422)]
    public async Task What_GitHub_does_not_take_keeps_no_other_waiting_and_is_tried_again(int status)
    {
        ledger.Deploy("1.0.0");
        ledger.Deploy("2.0.0");
        var refused = 0;
        github.GoesWrong = (method, path) => method == "POST" && path.EndsWith("/deployments", StringComparison.Ordinal) && refused++ == 0 ? status : null;

        var report = await TellAsync();
        Assert.StartsWith($"deployment 1 to production (1.0.0, commit {new string('c', 40)}): POST /api/v3/repos/mia/shop/deployments was answered with {status}", Assert.Single(report.Refused).Why, StringComparison.Ordinal);
        Assert.Equal(["production 2.0.0: success"], github.Known);
        await TellAsync();

        Assert.Equal(["production 2.0.0: success", "production 1.0.0: success inactive"], github.Known);
    }

    [Fact]
    public async Task What_GitHub_does_not_take_stands_against_its_own_deployment_alone_and_a_broken_line_against_all()
    {
        ledger.Deploy("1.0.0");
        ledger.Deploy("2.0.0");
        var asked = 0;
        github.GoesWrong = (method, path) => method == "POST" && path.EndsWith("/deployments", StringComparison.Ordinal) && asked++ == 0 ? 422 : null;

        var refused = await TellAsync();
        github.GoesWrong = (_, _) => 403;
        var broken = await TellAsync();

        Assert.Equal((Assert.Single(refused.Refused).Why, null, null), (refused.Against(1), refused.Against(2), refused.Against(null)));
        Assert.All([1L, 2L, (long?)null], deployment => Assert.Equal(broken.Broken!.Message, broken.Against(deployment)));
    }

    [Fact]
    public async Task A_deployment_that_somebody_deleted_there_keeps_no_other_waiting()
    {
        var first = ledger.Begin("1.0.0");
        await TellAsync();
        github.Forget(github.Deployments.Single().GetProperty("id").GetInt64());
        ledger.End(first, DeploymentOutcome.Succeeded);
        ledger.Deploy("2.0.0");

        var report = await TellAsync();

        Assert.Contains("deployment 1 to production", Assert.Single(report.Refused).Why, StringComparison.Ordinal);
        Assert.Equal(["production 2.0.0: success"], github.Known);
    }

    [Fact]
    public async Task Several_who_tell_at_once_tell_everything_once()
    {
        for (var number = 1; number <= 5; number++)
            ledger.Deploy($"{number}.0.0");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TellAsync()));

        Assert.Equal(
            ["production 1.0.0: success inactive", "production 2.0.0: success inactive", "production 3.0.0: success inactive", "production 4.0.0: success inactive", "production 5.0.0: success"],
            github.Known);
    }

    [Fact]
    public async Task Whatever_goes_wrong_in_between_GitHub_knows_everything_once_in_the_end()
    {
        var random = new Random(20261120);
        object[] mishaps = [Mishap.LosesAnswer, Mishap.Breaks, 500, 502, 403, 401];
        github.GoesWrong = (_, _) => random.Next(4) == 0 ? mishaps[random.Next(mishaps.Length)] : null;
        List<string> expected = [];
        string? serving = null;
        for (var number = 1; number <= 25; number++)
        {
            var outcome = random.Next(3) == 0 ? DeploymentOutcome.Undone : DeploymentOutcome.Succeeded;
            ledger.Deploy($"{number}.0.0", outcome);
            expected.Add($"production {number}.0.0: {(outcome == DeploymentOutcome.Undone ? "failure" : "success")}");
            if (outcome == DeploymentOutcome.Succeeded)
            {
                if (serving is not null)
                    expected[expected.IndexOf(serving)] += " inactive";
                serving = expected[^1];
            }
            await TellAsync();
        }
        github.GoesWrong = (_, _) => null;

        Assert.Null((await TellAsync()).Shortfall);

        Assert.Equal(expected, github.Known);
        Assert.Equal(ledger.Told.Count, ledger.Told.Select(telling => (telling.Deployment, telling.Fact)).Distinct().Count());
    }

    [Fact]
    public async Task What_people_read_of_a_deployment_has_no_secret_in_it()
    {
        const string Secret = "hunter2 & co";
        ledger.By = $"mia with {Secret}";
        ledger.Deploy("1.0.0", DeploymentOutcome.Succeeded);

        var teller = new DeploymentTeller(Access(), ledger, "the test", TimeProvider.System) { Hide = text => text.Replace(Secret, "***", StringComparison.Ordinal) };
        Assert.Null((await teller.TellAsync(TestContext.Current.CancellationToken)).Shortfall);

        var told = string.Concat(github.Deployments.Concat(github.Statuses).Select(each => each.GetRawText()));
        Assert.Contains("by mia with ***", told, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_served_is_read_back_the_release_that_serves_first()
    {
        foreach (var (version, outcome) in new[] { ("1.0.0", DeploymentOutcome.Succeeded), ("2.0.0", DeploymentOutcome.Succeeded), ("3.0.0", DeploymentOutcome.Undone) })
            ledger.Deploy(version, outcome);
        Assert.Null((await TellAsync()).Shortfall);
        var served = await new ToldReleases(Access().Repository.Deployments).ServedAsync("production", TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["2.0.0", "1.0.0"], served.Select(ledger.VersionOf));
        Assert.Empty(await new ToldReleases(Access().Repository.Deployments).ServedAsync("elsewhere", TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await github.DisposeAsync();
    }

    private GitHubAccess Access(TimeSpan? timeout = null)
    {
        var variables = new Dictionary<string, string> { ["GITHUB_API_URL"] = github.Address.ToString(), ["GITHUB_REPOSITORY"] = "mia/shop", ["GITHUB_TOKEN"] = "a-token" };
        return GitHubAccess.Find(variables.GetValueOrDefault, null, http, TimeProvider.System, new() { Retries = 0, Timeout = timeout ?? TimeSpan.FromSeconds(30) }).Access!;
    }

    private Task<TellingReport> TellAsync(TimeSpan? timeout = null) => new DeploymentTeller(Access(timeout), ledger, "the test", TimeProvider.System).TellAsync(TestContext.Current.CancellationToken);
}
