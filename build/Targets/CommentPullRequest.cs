using System.Globalization;
using Build.Budgets;
using Build.Commenting;
using Build.Delivering;
using Cake.Frosting;
using Pipeline.Applications.Telling;
using Pipeline.Artifacts.Budgets;
using Pipeline.Delivery;
using Pipeline.GitHub.Comments;
using Pipeline.GitHub.Running;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Comments on the pull request of this run: checks, what would be deployed, migrations and their locks, sizes; with --exclusive of what is known")]
public sealed class CommentPullRequest(Lint lint, Test test, Audit audit, Budget budget, Attest attest, BuildImage image, ShopHouse house, GitHubHouse github, LastReleases releases) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var search = await github.FindAsync(cancellation);
        var run = search.Access?.Run;
        var pull = run is null ? null : PullRequestEvent.Find(run);
        List<SummaryPart> parts = [Checks(), .. await DeploymentAsync(context, cancellation)];
        parts.Add(ChangedMigrations.Describe(context, context.WorkingDirectory, pull?.BaseCommit ?? "origin/main"));
        if (run is not null)
            parts.Add(new SummaryLink("the run with its logs and reports", run.Page));
        var body = $"## What this pull request would do\n\n{context.Render(parts)}";
        if (pull is null)
        {
            context.Say($"no pull request began this run, so there is nothing to comment on; it would say:\n{body}");
            return;
        }
        var outcome = await new PullRequestComment(search.Access!.Repository.Comments).WriteAsync(pull, body, cancellation);
        if (outcome.Comment is { } comment)
            context.Say($"commented at {comment.HtmlUrl}{(outcome.IsCut ? ", as much as GitHub takes; the summary has all of it" : "")}");
        else
            Warn(context, outcome.Reason, pull.IsFromFork ? FindingSeverity.Notice : FindingSeverity.Warning);
        foreach (var part in outcome.Comment is null || outcome.IsCut ? parts : [])
            context.Summarize(part);
    }

    /// <summary>A comment is no gate: whoever opens the run finds in its summary what the comment would have said.</summary>
    private static void Warn(TargetContext context, string reason, FindingSeverity severity)
    {
        context.Summarize(new SummaryNote(reason));
        context.Report(new Finding("GitHub", 0, 0, "the pull request has no comment", reason) { Severity = severity });
        context.Say(reason);
    }

    private SummaryTable Checks() => new("Checks", ["", "check", "found"],
    [
        Check("Lint", lint.HasResult ? lint.Result.Summary : null),
        Check("Test", test.HasResult ? test.Result.Summary : null),
        Check("Audit", audit.HasResult ? audit.Result.Summary : null),
        Check("Budget", budget.HasResult ? budget.Result.Summary : null),
        Check("Attest", attest.HasResult ? $"signed by key {attest.Result.Key}" : null),
    ]);

    private static string[] Check(string name, string? summary) => [summary is null ? "✗" : "✓", name, summary ?? "did not pass, or was not reached; the summary of the run says why"];

    private async Task<IReadOnlyList<SummaryPart>> DeploymentAsync(TargetContext context, CancellationToken cancellation)
    {
        if (!image.HasResult)
            return [new SummaryNote("Nothing would be deployed: there is no artifact.")];
        var artifact = image.Result;
        return
        [
            new LineageStation("sources", $"{artifact.Version}, commit {artifact.Commit}"),
            new LineageStation("artifact", $"{artifact.Digest}"),
            await PlanAsync(context, cancellation),
            .. await SizesAsync(artifact.Digest, cancellation),
        ];
    }

    private static async Task<SummaryPart> PlanAsync(TargetContext context, CancellationToken cancellation)
    {
        try
        {
            return await context.PlanAsync<PromoteProduction>(cancellation);
        }
        catch (DeliveryException fault)
        {
            return new SummaryNote($"What a promotion would do cannot be told: {fault.Message}");
        }
    }

    private async Task<IReadOnlyList<SummaryPart>> SizesAsync(Pipeline.Delivery.Releases.Digest digest, CancellationToken cancellation)
    {
        var last = await releases.FindAsync(digest, cancellation);
        var report = await SizeReport.MeasureAsync(house.Store, digest, ShopBudgets.All, last.Artifact, cancellation);
        string[][] rows = [.. report.Budgets.Concat(report.Files).Select(row => (string[])[row.Name, Text(row.Bytes), Text(row.Limit), Text(row.Growth)])];
        return last.Artifact is not { } release
            ? [new SummaryNote($"How sizes changed cannot be told: {last.Reason}."), new SummaryTable("Sizes", ["part", "bytes", "budget"], [.. rows.Select(row => row[..^1])])]
            : [new SummaryTable($"Sizes beside {release.Version}", ["part", "bytes", "budget", "grew by"], rows)];
    }

    private static string Text(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "";
}
