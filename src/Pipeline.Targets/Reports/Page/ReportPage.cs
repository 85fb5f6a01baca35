using System.Globalization;
using System.Text;
using Pipeline.Targets.Fingerprints;
using Pipeline.Targets.Output;
using Pipeline.Targets.Running;
using Pipeline.Targets.Secrets;

namespace Pipeline.Targets.Reports;

/// <summary>The report of a run for people: one page that needs nothing but itself.</summary>
internal sealed class ReportPage
{
    private const int MostSections = 500;
    private readonly StringBuilder html = new();
    private readonly RunFacts run;
    private readonly HtmlText text;

    private ReportPage(RunFacts run, SecretMasker masker)
    {
        this.run = run;
        text = new(masker);
    }

    internal static void Write(string path, RunFacts run, SecretMasker masker)
    {
        var page = new ReportPage(run, masker).Render();
        AtomicFile.WriteUnflushed(path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
    }

    private string Render()
    {
        var title = string.Join(", ", run.Requested);
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        // The page can be mailed around: whatever a log says, it loads nothing and runs nothing.
        html.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        html.Append("<title>").Append(text.Of($"{title}: {run.State}")).Append("</title>\n<style>").Append(ReportStyle.Css).Append("</style>\n</head>\n<body>\n<main>\n");
        Head(title);
        Timeline();
        html.Append("<section>\n<h2>Targets</h2>\n");
        foreach (var target in Shown())
            TargetSection.Append(html, target, run.StartedAt, text);
        if (run.Targets.Count > MostSections)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">{run.Targets.Count - MostSections} more are in run.json</p>\n");
        html.Append("</section>\n</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    // What failed is what the reader came for.
    private IEnumerable<TargetRecord> Shown() => run.Targets.Count <= MostSections
        ? run.Targets
        : run.Targets.OrderByDescending(target => target.Exception is not null).ThenByDescending(target => target.Duration).Take(MostSections).OrderBy(target => target.StartedAt);

    private void Head(string title)
    {
        html.Append("<header>\n<h1>").Append(text.Of(title)).Append(" <span class=\"pill ").Append(run.State).Append("\">").Append(run.State).Append("</span></h1>\n");
        if (run.Failure is { } failure)
            html.Append("<p class=\"failure\">").Append(text.Of(failure)).Append("</p>\n");
        html.Append("<dl class=\"facts\">\n");
        Fact("Started", run.StartedAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        Fact("Took", Durations.Text(run.Duration));
        Fact("Targets", string.Join(", ", run.Targets.GroupBy(target => target.Outcome).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Outcomes.Name(group.Key).Replace('-', ' ')}")));
        Fact("By", run.Who);
        Fact("On", run.Where);
        if (run.Commit is { } commit)
            Fact("Commit", commit[..Math.Min(12, commit.Length)]);
        if (run.ExitCode is { } exitCode)
            Fact("Exit code", exitCode.ToString(CultureInfo.InvariantCulture));
        Fact("Run", run.Id);
        html.Append("</dl>\n</header>\n");
    }

    private void Fact(string name, string value) =>
        html.Append("<div><dt>").Append(name).Append("</dt><dd>").Append(text.Of(value)).Append("</dd></div>\n");

    private void Timeline()
    {
        TargetRecord[] ran = [.. run.Targets.Where(target => target.Outcome is not (TargetOutcome.NotRun or TargetOutcome.Skipped or TargetOutcome.UpToDate))];
        if (ran.Length == 0)
            return;
        html.Append("<section>\n<h2>Timeline</h2>\n");
        TimelineChart.Append(html, ran, run.StartedAt, run.Duration, text);
        html.Append("</section>\n");
    }
}
