using System.Globalization;
using System.Text;
using Pipeline.Targets.Output;
using Pipeline.Targets.Running;

namespace Pipeline.Targets.Summaries;

/// <summary>The timeline of a run as GitHub draws it: https://mermaid.js.org/syntax/gantt.html.</summary>
internal static class GanttChart
{
    private const int MostTargets = 60;

    // The axis shows the time since the start: every run begins at midnight of some day.
    private static readonly DateTime Start = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    internal static string Draw(IReadOnlyList<TargetRecord> targets, DateTimeOffset startedAt)
    {
        var shown = targets.OrderByDescending(target => target.Duration).Take(MostTargets).OrderBy(target => target.StartedAt).ThenBy(target => target.Name, StringComparer.Ordinal).ToArray();
        var chart = new StringBuilder("```mermaid\ngantt\n    dateFormat YYYY-MM-DD HH:mm:ss.SSS\n    axisFormat %H:%M:%S\n");
        foreach (var target in shown)
        {
            var state = target.Outcome switch
            {
                TargetOutcome.Failed or TargetOutcome.Cancelled => "crit, ",
                TargetOutcome.Handled => "active, ",
                _ => "",
            };
            var begin = Start + TimeSpan.FromMilliseconds(Math.Max(0, (target.StartedAt - startedAt).TotalMilliseconds));
            chart.Append(CultureInfo.InvariantCulture, $"    {Name(target)} :{state}{begin:yyyy-MM-dd HH:mm:ss.fff}, {Math.Max(1, (long)target.Duration.TotalMilliseconds)}ms\n");
        }

        chart.Append("```\n");
        if (targets.Count > shown.Length)
            chart.Append(CultureInfo.InvariantCulture, $"\nThe {shown.Length} longest of {targets.Count}.\n");
        return chart.ToString();
    }

    // A name ends at the first colon, and some words at the beginning of a line are orders; the duration begins it with none of them.
    private static string Name(TargetRecord target)
    {
        var name = string.Concat(target.Name.Select(character => char.IsLetterOrDigit(character) || character is ' ' or '_' or '-' or '.' ? character : ' ')).Trim();
        return $"({Durations.Text(target.Duration)}) {(name.Length == 0 ? "target" : name)}";
    }
}
