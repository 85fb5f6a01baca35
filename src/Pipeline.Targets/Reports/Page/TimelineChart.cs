using System.Text;
using Pipeline.Targets.Output;
using Pipeline.Targets.Running;

namespace Pipeline.Targets.Reports;

/// <summary>When each target ran: one lane a target, time from left to right.</summary>
internal static class TimelineChart
{
    private const int Width = 1000;
    private const int LaneHeight = 26;
    private const int AxisHeight = 24;
    private const int RoomForDuration = 70;
    private const int MostLanes = 80;

    internal static void Append(StringBuilder html, IReadOnlyList<TargetRecord> targets, DateTimeOffset start, TimeSpan duration, HtmlText text)
    {
        var shown = targets.OrderByDescending(target => target.Duration).Take(MostLanes).OrderBy(target => target.StartedAt).ToArray();
        var names = Math.Clamp(shown.Max(target => target.Name.Length) * 8 + 16, 90, 320);
        var seconds = Math.Max(duration.TotalSeconds, 0.001);
        var scale = (Width - names - RoomForDuration) / seconds;
        var height = shown.Length * LaneHeight + AxisHeight;
        html.Append($"<svg class=\"chart\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"timeline of the targets\">\n");
        foreach (var tick in Numbers.Ticks(0, seconds, 8))
        {
            var x = Numbers.Svg(names + tick * scale);
            html.Append($"<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{height - AxisHeight}\"/><text class=\"axis\" x=\"{x}\" y=\"{height - 7}\" text-anchor=\"middle\">{Label(tick)}</text>\n");
        }

        for (var lane = 0; lane < shown.Length; lane++)
            Lane(html, shown[lane], start, lane * LaneHeight, names, scale, text);
        html.Append("</svg>\n");
        if (targets.Count > shown.Length)
            html.Append($"<p class=\"quiet\">the {shown.Length} longest of {targets.Count} targets</p>\n");
    }

    private static void Lane(StringBuilder html, TargetRecord target, DateTimeOffset start, int y, int names, double scale, HtmlText text)
    {
        var from = names + (target.StartedAt - start).TotalSeconds * scale;
        var length = Math.Max(target.Duration.TotalSeconds * scale, 3);
        html.Append($"<rect class=\"lane\" x=\"0\" y=\"{y}\" width=\"{Width}\" height=\"{LaneHeight}\"/>");
        html.Append($"<text class=\"name\" x=\"{names - 10}\" y=\"{y + 17}\" text-anchor=\"end\">{text.Of(target.Name)}</text>");
        html.Append($"<rect class=\"bar {Outcomes.Name(target.Outcome)}\" x=\"{Numbers.Svg(from)}\" y=\"{y + 5}\" width=\"{Numbers.Svg(length)}\" height=\"{LaneHeight - 10}\" rx=\"4\"><title>{text.Of($"{target.Name}: {RunWords.Footer(target)}")}</title></rect>");
        html.Append($"<text class=\"axis\" x=\"{Numbers.Svg(from + length + 6)}\" y=\"{y + 17}\">{Durations.Text(target.Duration)}</text>\n");
    }

    private static string Label(double seconds) => seconds < 60 ? $"{Numbers.Text(seconds)} s" : Durations.Text(TimeSpan.FromSeconds(seconds));
}
