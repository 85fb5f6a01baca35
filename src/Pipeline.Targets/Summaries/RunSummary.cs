using System.Globalization;
using System.Text;
using Pipeline.Targets.Output;
using Pipeline.Targets.Reports;
using Pipeline.Targets.Running;
using Pipeline.Targets.Secrets;

namespace Pipeline.Targets.Summaries;

/// <summary>The summary of a run for whoever opens its page: what failed comes first.</summary>
internal sealed class RunSummary(SecretMasker masker)
{
    private const int LongestMessage = 8000;
    private const int MostFindings = 200;
    private readonly Markdown markdown = new(masker);
    private readonly List<string> sections = [];

    /// <summary>The sections in their order, each whole in itself.</summary>
    internal static IReadOnlyList<string> Of(RunFacts run, SecretMasker masker)
    {
        var summary = new RunSummary(masker);
        summary.Head(run);
        summary.Failures(run);
        summary.Findings(run);
        summary.Parts([.. run.Targets.SelectMany(target => target.Parts).Distinct()]);
        summary.Targets(run);
        summary.Timeline(run);
        return summary.sections;
    }

    /// <summary>What a run would do.</summary>
    internal static IReadOnlyList<string> Of(IReadOnlyList<string> requested, IReadOnlyList<PlannedTarget> plan, SecretMasker masker)
    {
        var summary = new RunSummary(masker);
        var table = Tabulate("", plan);
        summary.sections.Add(
            $"## Plan of {summary.Names(requested)}\n\n{plan.Count(target => target.Runs)} would run, {plan.Count(target => !target.Runs)} would be skipped\n\n{summary.Table(table.Columns, table.Rows)}");
        return summary.sections;
    }

    /// <summary>Parts alone.</summary>
    internal static IReadOnlyList<string> Of(SummaryPart[] parts, SecretMasker masker)
    {
        var summary = new RunSummary(masker);
        summary.Parts(parts);
        return summary.sections;
    }

    internal static SummaryTable Tabulate(string title, IReadOnlyList<PlannedTarget> plan) =>
        new(title, ["", "target", "why"], [.. plan.Select(target => (string[])[target.Runs ? "run" : "skip", target.Name, target.Reason])]);

    private void Head(RunFacts run)
    {
        var sign = run.State switch { "done" => "✓", "cancelled" => "⊘", _ => "✗" };
        var facts = new List<string> { RunWords.Summary(run.Targets, run.Duration) };
        if (run.Commit is { Length: >= 12 } commit)
            facts.Add($"commit {markdown.Code(commit[..12])}");
        facts.Add($"by {markdown.Line(run.Who)} on {markdown.Line(run.Where)}");
        sections.Add($"## {sign} {Names(run.Requested)}: {run.State}\n\n{string.Join(" · ", facts)}\n");
    }

    private void Failures(RunFacts run)
    {
        var failed = run.Targets.Where(target => target.Outcome is TargetOutcome.Failed).ToArray();
        foreach (var target in failed)
            sections.Add($"### ✗ {markdown.Line(target.Name)} failed after {Durations.Text(target.Duration)}\n\n{markdown.Block(target.Reason, LongestMessage)}");
        if (failed.Length == 0 && run.Failure is { } failure && run.State != "done")
            sections.Add($"### ✗ {markdown.Line(failure)}\n");
    }

    private void Findings(RunFacts run)
    {
        var all = run.Targets.SelectMany(target => target.Findings).OrderBy(finding => finding.Severity).ToArray();
        if (all.Length == 0)
            return;
        var rows = all.Take(MostFindings).Select(finding => new[] { $"{finding.Severity}".ToLowerInvariant(), finding.Place, $"{finding.Tool} {finding.Title}".Trim(), Short(finding.Message) });
        var more = all.Length > MostFindings ? string.Create(CultureInfo.InvariantCulture, $"\n{all.Length - MostFindings} more are in run.json of the report.\n") : "";
        sections.Add($"### {all.Length} {(all.Length == 1 ? "finding" : "findings")}\n\n{Table(["", "where", "what", "message"], rows)}{more}");
    }

    private void Parts(SummaryPart[] parts)
    {
        foreach (var note in parts.OfType<SummaryNote>())
            sections.Add($"> {markdown.Line(note.Text)}\n");
        if (parts.OfType<LineageStation>().ToArray() is { Length: > 0 } stations)
            sections.Add($"### What went where\n\n{string.Join(" → ", stations.Select(station => $"{markdown.Line(station.Place)} {markdown.Code(station.Identity)}"))}\n");
        if (parts.OfType<SummaryLink>().ToArray() is { Length: > 0 } links)
            sections.Add($"### Where to look\n\n{string.Concat(links.Select(link => $"- {Link(link)}\n"))}");
        if (parts.OfType<TestCounts>().ToArray() is { Length: > 0 } tests)
        {
            var total = new TestCounts("all", tests.Sum(test => test.Passed), tests.Sum(test => test.Failed), tests.Sum(test => test.Skipped));
            sections.Add("### Tests\n\n" + Table(["project", "passed", "failed", "skipped"], tests.Append(total).Select(test => new[] { test.Project, Text(test.Passed), Text(test.Failed), Text(test.Skipped) })));
        }

        if (parts.OfType<LineCoverage>().ToArray() is { Length: > 0 } coverage)
        {
            sections.Add("### Coverage\n\n" + Table(["assembly", "lines", "asked for"], coverage.OrderBy(each => each.Percent - each.Asked)
                .Select(each => new[] { each.Assembly, string.Create(CultureInfo.InvariantCulture, $"{each.Percent:0.0} %"), string.Create(CultureInfo.InvariantCulture, $"{each.Asked:0.#} %") })));
        }

        foreach (var table in parts.OfType<SummaryTable>())
            sections.Add($"### {markdown.Line(table.Title)}\n\n{Table(table.Columns, table.Rows)}");
    }

    private void Targets(RunFacts run)
    {
        var rows = run.Targets.Select(target => new[]
        {
            Outcomes.Name(target.Outcome).Replace('-', ' '),
            target.Name,
            target.Outcome is TargetOutcome.UpToDate or TargetOutcome.Skipped or TargetOutcome.NotRun ? "" : Durations.Text(target.Duration),
            Short(target.Reason),
        });
        sections.Add($"### Targets\n\n{Table(["", "target", "took", "why"], rows)}");
    }

    private void Timeline(RunFacts run)
    {
        TargetRecord[] ran = [.. run.Targets.Where(target => target.Outcome is not (TargetOutcome.NotRun or TargetOutcome.Skipped or TargetOutcome.UpToDate))];
        if (ran.Length > 0)
            sections.Add($"### Timeline\n\n{GanttChart.Draw(ran, run.StartedAt)}");
    }

    private string Link(SummaryLink link) => link.Address is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" }
        ? $"<a href=\"{System.Net.WebUtility.HtmlEncode(masker.Mask(link.Address.AbsoluteUri))}\">{markdown.Line(link.Name)}</a>"
        : $"{markdown.Line(link.Name)}: {markdown.Code(link.Address.OriginalString)}";

    private string Names(IEnumerable<string> names) => string.Join(", ", names.Select(markdown.Line));

    private string Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new StringBuilder($"| {string.Join(" | ", columns.Select(markdown.Line))} |\n|{string.Concat(columns.Select(_ => "---|"))}\n");
        foreach (var row in rows)
            table.Append("| ").AppendJoin(" | ", row.Select(markdown.Line)).Append(" |\n");
        return table.ToString();
    }

    // The message of a failure stands whole above; a cell of a table is no place for it.
    private string Short(string text)
    {
        var line = masker.Mask(text).Split('\n')[0].TrimEnd();
        return line.Length <= 300 ? line : $"{line[..300]} …";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
