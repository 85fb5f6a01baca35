using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.EndToEnd.Installations;

namespace Pipeline.EndToEnd;

/// <summary>What a job of a workflow would do, and what it builds, is what a developer's machine would do and build for the same commit.</summary>
[Collection(BareCollection.Name)]
public sealed partial class RehearsedPlanTests
{
    private static readonly string[] Build = ["--target", "BuildImage"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task A_rehearsed_job_plans_and_builds_what_the_laptop_does()
    {
        await using var laptop = new Installation();
        using var handed = new TemporaryDirectory();
        foreach (var known in new[] { "evidence", "artifacts" }.Select(folder => Path.Combine(laptop.Home, folder)).Where(Directory.Exists))
            Directory.Delete(known, recursive: true);
        Commands.Run("git", laptop.Repository, "remote", "set-url", "origin", "git@github.com:mia/shop.git");
        await CommitWorkflowAsync(laptop, handed.Path, await CommandsAsync(laptop));

        (await laptop.RunAsync(Build)).Expect(0);
        var commands = await CommandsAsync(laptop);
        Dictionary<string, string> planned = [];
        foreach (var command in commands)
            planned[command] = (await laptop.RunAsync("--target", command, "--plan", "json")).Expect(0).Output;
        await using (var rehearsal = laptop.Start("--target", "RehearseWorkflow", "--workflow", "plan"))
            (await rehearsal.EndAsync(Limit)).Expect(0).ExpectText("in place of actions/checkout");

        Assert.Equal(["Audit", "HandOver", "SmokeTest", "PromoteProduction", "PostDeployVerify"], commands);
        foreach (var command in commands)
            Assert.Equal(Steps(planned[command]), Steps(await File.ReadAllTextAsync(handed.Combine($"{command}.json"), TestContext.Current.CancellationToken)));
        Assert.Contains(Steps(planned["PromoteProduction"]), step => step.StartsWith("BuildImage skip", StringComparison.Ordinal));
        Assert.Contains(Steps(planned["PromoteProduction"]), step => step.StartsWith("PromoteProduction run", StringComparison.Ordinal));
        var built = Assert.Single(laptop.Store.List()).Digest.Value;
        Assert.Contains(built, await File.ReadAllTextAsync(handed.Combine("index.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>What the jobs of the pipeline run, as the workflow has it.</summary>
    private static async Task<IReadOnlyList<string>> CommandsAsync(Installation laptop) =>
    [
        .. Command().Matches(await File.ReadAllTextAsync(Path.Combine(laptop.Repository, ".github/workflows/pipeline.yml"), TestContext.Current.CancellationToken))
            .Select(match => match.Groups["target"].Value),
    ];

    /// <summary>All that a plan says but who ran something when.</summary>
    private static IReadOnlyList<string> Steps(string plan)
    {
        using var document = JsonDocument.Parse(plan);
        return
        [
            .. document.RootElement.GetProperty("targets").EnumerateArray().Select(target =>
                $"{target.GetProperty("name").GetString()} {target.GetProperty("action").GetString()} upToDate={target.GetProperty("upToDate")} after {target.GetProperty("dependsOn")}: "
                + WhoAndWhen().Replace(target.GetProperty("reason").GetString()!, "since then by somebody")),
        ];
    }

    [GeneratedRegex(@"since \d{4}-\d\d-\d\d \d\d:\d\d UTC by .+? on .+?(?=: |$)")]
    private static partial Regex WhoAndWhen();

    [GeneratedRegex(@"run: \./build\.sh --target (?<target>\w+)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    private static async Task CommitWorkflowAsync(Installation laptop, string folder, IEnumerable<string> commands)
    {
        var checkout = (await File.ReadAllLinesAsync(Path.Combine(laptop.Repository, ".github/workflows/check.yml"), TestContext.Current.CancellationToken))
            .First(line => line.Contains("actions/checkout@", StringComparison.Ordinal)).Trim();
        await File.WriteAllTextAsync(
            Path.Combine(laptop.Repository, ".github/workflows/plan.yml"),
            $"""
            name: plan
            on: workflow_dispatch
            permissions: {"{}"}
            jobs:
              plan:
                runs-on: ubuntu-24.04
                timeout-minutes: 15
                permissions:
                  contents: read # the checkout
                steps:
                  {checkout}
                    with:
                      fetch-depth: '0'
                      persist-credentials: 'false'
                  - run: ./build.sh {string.Join(' ', Build)}
            {string.Join('\n', commands.Select(command => $"      - run: ./build.sh --target {command} --plan json > '{folder}/{command}.json'"))}
                  - run: cp .pipeline/artifacts/index.json '{folder}'
            """,
            TestContext.Current.CancellationToken);
        foreach (var command in new string[][] { ["add", ".github"], ["-c", "user.name=mia", "-c", "user.email=mia@example.org", "commit", "--quiet", "--message", "Plan"] })
            Commands.Run("git", laptop.Repository, command);
    }
}
