using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.Delivery.Releases;
using Pipeline.EndToEnd.Installations;
using Pipeline.Testing.GitHub;
using Pipeline.Testing.Registries;

namespace Pipeline.EndToEnd;

/// <summary>The one comment on a pull request, as the check workflow's last step writes it.</summary>
[Collection(BareCollection.Name)]
public sealed class CommentTests
{
    [Fact]
    public async Task A_pull_request_has_one_comment_that_follows_what_the_runs_find_and_a_fork_has_none()
    {
        await using var github = new LocalGitHub();
        await using var installation = new Installation();
        await RunsForAsync(installation, github, repository: "mia/shop");

        (await CommentAsync(installation)).Expect(0).ExpectText("commented at http://x/pull/7#issuecomment-");
        var first = Assert.Single(github.Comments);
        // The audit alone, with the packages that it reads: compiling the whole clone would tell nothing of a comment.
        Commands.Run("dotnet", installation.Repository, "restore", "Pipeline.sln", "--locked-mode", "--verbosity", "quiet");
        (await installation.RunAsync("--target", "Audit", "--exclusive")).Expect(0);
        (await CommentAsync(installation)).Expect(0);
        var second = Assert.Single(github.Comments);

        Assert.Contains("## What this pull request would do", first, StringComparison.Ordinal);
        Assert.Contains("| ✗ | Audit |", first, StringComparison.Ordinal);
        Assert.Contains("| ✓ | Audit | licences of ", second, StringComparison.Ordinal);
        Assert.Contains("No migration is added, edited or deleted", second, StringComparison.Ordinal);

        var digest = await installation.BuildAsync();
        await using var registry = await LoopbackRegistry.StartAsync();
        installation.Environment["PIPELINE_REGISTRY"] = $"{registry.Host}/shop";
        await TellAsync(github, await ReleaseElsewhereAsync(installation, digest));
        var before = Commands.Run("git", installation.Repository, "rev-parse", "HEAD").Trim();
        await ChangeMigrationsAsync(installation);
        (await CommentAsync(installation, "--release", digest.Value)).Expect(0);
        var third = Assert.Single(github.Comments);
        Assert.Contains("| 0005\\_order\\_history\\_index.sql | deleted |", third, StringComparison.Ordinal);
        Assert.Contains("| 0001\\_accounts.sql | edited |", third, StringComparison.Ordinal);
        Assert.Matches(@"\| 0005\\_order\\_notes.sql\\:1 \| new \| ACCESS EXCLUSIVE \|", third);
        Assert.Contains(digest.Value[7..], third, StringComparison.Ordinal);
        Assert.Contains("### Plan of PromoteProduction", third, StringComparison.Ordinal);
        Assert.True(Regex.IsMatch(third, @"\n### Sizes beside [^\n]*variant\.1\n\n\| part \| bytes \| budget \| grew by \|\n"), third);

        // A comment is no gate.
        var summary = Path.Combine(installation.Home, "summary.md");
        github.GoesWrong = (method, path) => path.EndsWith("/comments", StringComparison.Ordinal) ? 503 : null;
        (await CommentAsync(installation, "--release", digest.Value, "--summary", summary)).Expect(0).ExpectText("the comment could not be written; the next run writes it: GET ");
        Assert.Contains("deleted", await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        github.GoesWrong = (_, _) => null;

        Commands.Run("git", installation.Repository, "reset", "--quiet", "--hard", before);
        await RunsForAsync(installation, github, repository: "stranger/shop");
        (await CommentAsync(installation)).Expect(0).ExpectText("the pull request is from a fork, whose runs get a token that may only read");
        Assert.Equal(third, Assert.Single(github.Comments));
    }

    private static Task<RunResult> CommentAsync(Installation installation, params string[] more) => installation.RunAsync(["--target", "CommentPullRequest", "--exclusive", .. more]);

    /// <summary>Another machine puts a release into the registry, which this installation has never seen.</summary>
    private static async Task<Digest> ReleaseElsewhereAsync(Installation installation, Digest built)
    {
        await using var elsewhere = new Installation(installation);
        elsewhere.Environment["PIPELINE_REGISTRY"] = installation.Environment["PIPELINE_REGISTRY"];
        var release = await new Variants(elsewhere, built).GoodAsync(TestContext.Current.CancellationToken);
        await elsewhere.SealAsync(release);
        (await elsewhere.RunAsync("--target", "PushImage", "--release", release.Value)).Expect(0);
        return release;
    }

    /// <summary>What a deployment tells GitHub, and a job's own environment, which says nothing of a release.</summary>
    private static async Task TellAsync(LocalGitHub github, Digest release)
    {
        using var http = new HttpClient();
        foreach (var payload in new[] { JsonSerializer.Serialize(new { digest = release.Value, version = "1.0.0" }), """{"version":"none"}""" })
        {
            var number = (await PostAsync("", $$"""{"ref":"main","environment":"production","payload":{{payload}}}""")).GetProperty("id").GetInt64();
            await PostAsync($"/{number}/statuses", """{"state":"success","description":"it serves"}""");
        }

        async Task<JsonElement> PostAsync(string path, string body)
        {
            using var content = new StringContent(body);
            using var answer = await http.PostAsync(new Uri($"{github.Address}/repos/mia/shop/deployments{path}"), content, TestContext.Current.CancellationToken);
            return JsonSerializer.Deserialize<JsonElement>(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    private static async Task ChangeMigrationsAsync(Installation installation)
    {
        var folder = Path.Combine(installation.Repository, "src", "Shop", "migrations");
        await File.AppendAllTextAsync(Path.Combine(folder, "0001_accounts.sql"), "-- edited\n", TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(folder, "0005_order_history_index.sql"));
        await File.WriteAllTextAsync(Path.Combine(folder, "0005_order_notes.sql"), "alter table orders add column note text;\n", TestContext.Current.CancellationToken);
        Commands.Run("git", installation.Repository, "add", "--all", "src/Shop/migrations");
        Commands.Run("git", installation.Repository, "-c", "user.name=Mia", "-c", "user.email=mia@example.org", "commit", "--quiet", "--message", "Change migrations");
    }

    private static async Task RunsForAsync(Installation installation, LocalGitHub github, string repository)
    {
        // Evidence that came along would have the first comment say what the second one must add.
        if (Path.Combine(installation.Home, "evidence") is var evidence && Directory.Exists(evidence))
            Directory.Delete(evidence, recursive: true);
        Directory.CreateDirectory(installation.Home);
        var head = Commands.Run("git", installation.Repository, "rev-parse", "HEAD").Trim();
        var file = Path.Combine(installation.Home, "event.json");
        var pull = new { number = 7, @base = new { sha = head }, head = new { repo = new { full_name = repository } } };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { pull_request = pull }), TestContext.Current.CancellationToken);
        foreach (var (name, value) in new[]
        {
            ("CI", "true"), ("GITHUB_ACTIONS", "true"), ("GITHUB_REPOSITORY", "mia/shop"), ("GITHUB_RUN_ID", "17"), ("GITHUB_RUN_ATTEMPT", "1"), ("GITHUB_JOB", "check"),
            ("GITHUB_SHA", head), ("GITHUB_REF", "refs/pull/7/merge"), ("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_EVENT_PATH", file), ("GITHUB_ACTOR", "bob"),
            ("GITHUB_SERVER_URL", $"http://{github.Address.Authority}"), ("GITHUB_API_URL", github.Address.ToString()), ("GITHUB_TOKEN", "a-token"),
        })
            installation.Environment[name] = value;
    }
}
