using System.Globalization;
using System.Text;
using Pipeline.Targets.Output;
using Pipeline.Targets.Running;

namespace Pipeline.Targets.Reports;

/// <summary>One target in the page: how it ended, what it measured, the end of its output.</summary>
internal static class TargetSection
{
    internal static void Append(StringBuilder html, TargetRecord target, DateTimeOffset start, HtmlText text)
    {
        var outcome = Outcomes.Name(target.Outcome);
        var isOpen = target.Outcome is TargetOutcome.Failed or TargetOutcome.Cancelled || target.Series.Count > 0;
        html.Append("<details class=\"target ").Append(outcome).Append('"').Append(isOpen ? " open" : "").Append(">\n<summary><span class=\"dot\"></span><b>")
            .Append(text.Of(target.Name)).Append("</b><span class=\"outcome\">").Append(outcome.Replace('-', ' ')).Append("</span><span class=\"reason\">")
            .Append(text.Of(target.Reason)).Append("</span><span class=\"took\">");
        if (target.Outcome is not (TargetOutcome.NotRun or TargetOutcome.Skipped))
            html.Append(Durations.Text(target.Duration));
        html.Append("</span></summary>\n<div class=\"body\">\n");
        if (target.Description.Length > 0)
            html.Append("<p>").Append(text.Of(target.Description)).Append("</p>\n");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">started {Durations.Text(target.StartedAt - start)} into the run");
        if (target.Dependencies.Count > 0)
            html.Append(", after ").Append(text.Of(string.Join(", ", target.Dependencies)));
        html.Append("</p>\n");
        Measurements(html, target, text);
        Findings(html, target, text);
        foreach (var series in target.Series)
            SeriesChart.Append(html, series, text);
        foreach (var attachment in target.Attachments)
            html.Append("<h3>").Append(text.Of(attachment.Name)).Append("</h3>\n<pre>").Append(text.Of(attachment.Text)).Append("</pre>\n");
        Log(html, target, text);
        html.Append("</div>\n</details>\n");
    }

    private static void Measurements(StringBuilder html, TargetRecord target, HtmlText text)
    {
        if (target.Measurements.Count == 0)
            return;
        html.Append("<ul class=\"tiles\">\n");
        foreach (var (name, value, unit) in target.Measurements)
        {
            html.Append("<li><span>").Append(text.Of(name)).Append("</span><b>").Append(Numbers.Text(value)).Append("</b> ")
                .Append(text.Of(unit)).Append("</li>\n");
        }

        html.Append("</ul>\n");
    }

    private static void Findings(StringBuilder html, TargetRecord target, HtmlText text)
    {
        if (target.Findings.Count == 0)
            return;
        html.Append("<h3>Findings</h3>\n<pre>");
        foreach (var finding in target.Findings)
            html.Append(text.Of($"{finding}")).Append('\n');
        html.Append("</pre>\n");
    }

    private static void Log(StringBuilder html, TargetRecord target, HtmlText text)
    {
        if (target.Log.Count == 0)
            return;
        html.Append("<h3>Output");
        if (target.LogLines > target.Log.Count)
            html.Append(CultureInfo.InvariantCulture, $" (the last {target.Log.Count} of {target.LogLines} lines)");
        html.Append("</h3>\n<pre>");
        foreach (var line in target.Log)
        {
            if (line.IsError)
                html.Append("<span class=\"error\">").Append(text.Of(line.Text)).Append("</span>\n");
            else
                html.Append(text.Of(line.Text)).Append('\n');
        }

        html.Append("</pre>\n");
    }
}
