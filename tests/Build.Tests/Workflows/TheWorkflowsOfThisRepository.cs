using System.Text.RegularExpressions;
using Build.Workflows;
using Pipeline.Applications;
using Pipeline.Testing;

namespace Build.Tests.Workflows;

public sealed partial class TheWorkflowsOfThisRepository(WorkflowToolsFixture fixture) : IClassFixture<WorkflowToolsFixture>, IDisposable
{
    private const string Pipeline = ".github/workflows/pipeline.yml";

    private readonly TemporaryDirectory repository = new();

    [Fact]
    public void They_are_what_is_declared_and_keep_all_rules() => Assert.Empty(new ShopWorkflows(new StatePaths(Repository.Root)).Check());

    [Fact]
    public async Task They_pass_GitHubs_parser_and_actionlint()
    {
        var tools = await fixture.PrepareAsync();
        Assert.Empty(await tools.CheckAsync(new ShopWorkflows(new StatePaths(Repository.Root)).Read(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_change_by_hand_is_drift_and_is_shown()
    {
        var workflows = Generate();
        var text = File.ReadAllText(Path.Combine(repository.Path, Pipeline));
        File.WriteAllText(Path.Combine(repository.Path, Pipeline), text.Replace("deploy-staging", "deploy-anything", StringComparison.Ordinal));

        var drift = Assert.Single(workflows.Check());

        Assert.Equal(Pipeline, drift.File);
        Assert.StartsWith("is not what the declaration in C# says; run ./build.sh --target GenerateWorkflows, or take over in the declaration what was meant:\n@@ -", drift.Message, StringComparison.Ordinal);
        Assert.Contains("\n-      group: deploy-anything\n+      group: deploy-staging\n", drift.Message, StringComparison.Ordinal);
        Assert.Equal([$"changed {Pipeline}"], workflows.Write());
        Assert.Empty(workflows.Check());
    }

    [Fact]
    public void A_bump_by_Dependabot_is_no_drift()
    {
        var workflows = Generate();
        foreach (var file in Directory.EnumerateFiles(repository.Combine(".github", "workflows")))
        {
            var text = File.ReadAllText(file).Replace("actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0", $"actions/checkout@{new string('a', 40)} # v9.1.0", StringComparison.Ordinal);
            File.WriteAllText(file, text);
        }

        Assert.Empty(workflows.Check());
        Assert.Empty(workflows.Write());
        Assert.Contains($"actions/checkout@{new string('a', 40)} # v9.1.0", File.ReadAllText(Path.Combine(repository.Path, Pipeline)), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_bump_names_both_places()
    {
        var workflows = Generate();
        var file = Path.Combine(repository.Path, ".github/workflows/check.yml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("634f93cb2916e3fdff6788551b99b062d0335ce0 # v5.0.0", $"{new string('b', 40)} # v9.0.0", StringComparison.Ordinal));

        var line = Array.FindIndex(File.ReadAllLines(file), text => text.Contains("download-artifact", StringComparison.Ordinal)) + 1;
        Assert.Contains(workflows.Check(), finding => finding.Message == $"actions/download-artifact is at 634f93cb2916e3fdff6788551b99b062d0335ce0 (v5.0.0) here and at {new string('b', 40)} (v9.0.0) in .github/workflows/check.yml:{line}; use one of them in both");
    }

    [Fact]
    public void What_is_declared_no_more_is_left_over_and_removed()
    {
        var workflows = Generate();
        var file = repository.Combine(".github", "workflows", "old.yml");
        File.Copy(Path.Combine(repository.Path, Pipeline), file);

        Assert.Contains(workflows.Check(), finding => finding is { File: ".github/workflows/old.yml", Message: "was generated and is declared no more; run ./build.sh --target GenerateWorkflows, which removes it" });
        Assert.Equal(["removed .github/workflows/old.yml"], workflows.Write());
    }

    [Fact]
    public void A_workflow_by_hand_is_held_against_the_rules_and_left_alone()
    {
        var workflows = Generate();
        var file = repository.Combine(".github", "workflows", "by-hand.yml");
        File.WriteAllText(file, "on: push\npermissions: {}\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    permissions: {}\n    steps:\n      - run: make\n");

        Assert.Equal(
            [".github/workflows/by-hand.yml:9:14: a step that is more than one './build.sh --target …' cannot be repeated on a laptop; make it a target, and hand over what differs as PIPELINE_ variables"],
            workflows.Check().Select(finding => $"{finding}"));
        Assert.Empty(workflows.Write());
        Assert.True(File.Exists(file));
    }

    [Fact]
    public void Production_takes_digest_and_evidence_of_the_build_and_waits_for_staging()
    {
        var production = Job(Pipeline, "production");

        Assert.Contains("needs: [build, staging]", production, StringComparison.Ordinal);
        Assert.Contains("artifact-ids: ${{ needs.build.outputs.build-state }}", production, StringComparison.Ordinal);
        Assert.Contains("PIPELINE_RELEASE: ${{ needs.build.outputs.digest }}", production, StringComparison.Ordinal);
        Assert.Contains("run: ./build.sh --target PromoteProduction\n", production, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Pipeline, "build", "DOCKER_AUTH_CONFIG PIPELINE_SIGNING_KEY")]
    [InlineData(Pipeline, "staging", "DOCKER_AUTH_CONFIG PIPELINE_LEDGER STAGING_DATABASE_URL STAGING_SHOP_PAYMENT_KEY STAGING_SHOP_SMOKE_PASSWORD")]
    [InlineData(Pipeline, "production", "DOCKER_AUTH_CONFIG PIPELINE_LEDGER PRODUCTION_DATABASE_URL PRODUCTION_SHOP_PAYMENT_KEY PRODUCTION_SHOP_SMOKE_PASSWORD")]
    [InlineData(Pipeline, "verify", "PIPELINE_LEDGER")]
    [InlineData(".github/workflows/watch.yml", "watch", "PIPELINE_LEDGER")]
    [InlineData(".github/workflows/check.yml", "check", "")]
    public void A_job_gets_the_secrets_that_it_needs_and_no_more(string file, string job, string secrets) =>
        Assert.Equal(secrets, string.Join(' ', SecretName().Matches(Job(file, job)).Select(match => match.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData(Pipeline, "build", "environment: {name: build, deployment: false}", "concurrency: {group: build, cancel-in-progress: false, queue: max}")]
    [InlineData(Pipeline, "staging", "environment: {name: staging, deployment: false}", "concurrency: {group: deploy-staging, cancel-in-progress: false, queue: max}")]
    [InlineData(Pipeline, "production", "environment: {name: production, url: ${{ vars.ENVIRONMENT_URL }}}", "concurrency: {group: deploy-production, cancel-in-progress: false, queue: max}")]
    [InlineData(Pipeline, "verify", "environment: {name: production-watch, deployment: false}", "concurrency: {group: verify-production, cancel-in-progress: false}")]
    public void Deployments_wait_their_turn_and_are_recorded_once(string file, string job, params string[] parts)
    {
        var lines = Job(file, job).Split('\n').ToList();
        string Flow(string key) => $"{key}: {{{string.Join(", ", lines.SkipWhile(line => line != $"    {key}:").Skip(1).TakeWhile(line => line.StartsWith("      ", StringComparison.Ordinal)).Select(line => line.Trim()))}}}";

        Assert.Equal(string.Join('\n', parts), $"{Flow("environment")}\n{Flow("concurrency")}");
    }

    [Fact]
    public void GitHub_attests_where_it_keeps_attestations() => Assert.Contains(
        "      - name: Attest where the artifact comes from\n        if: ${{ ((github.event.repository.visibility == 'public') && (vars.PIPELINE_ATTEST != 'never')) || (vars.PIPELINE_ATTEST == 'always') }}\n",
        Job(Pipeline, "build"), StringComparison.Ordinal);

    public void Dispose() => repository.Dispose();

    /// <summary>The text of a job, with what follows it up to the next one.</summary>
    private static string Job(string file, string job)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, file));
        var from = text.IndexOf($"\n  {job}:\n", StringComparison.Ordinal);
        var next = NextJob().Match(text, from + 1);
        return next.Success ? text[from..next.Index] : text[from..];
    }

    [GeneratedRegex(@"\bsecrets\.(?<name>[A-Z_]+)")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"(?<=\n)\n  (#|[a-z])")]
    private static partial Regex NextJob();

    private ShopWorkflows Generate()
    {
        var workflows = new ShopWorkflows(new StatePaths(repository.Path));
        Assert.Equal(4, workflows.Write().Count);
        return workflows;
    }
}
