using System.Globalization;
using System.Text;

namespace Pipeline.Targets.Reports;

/// <summary>A measured series as a line.</summary>
internal static class SeriesChart
{
    private const int Width = 1000;
    private const int Height = 240;
    private const int Left = 64;
    private const int Bottom = 40;
    private const int Top = 12;
    private const int Right = 16;
    private const int MostPoints = 1500;

    internal static void Append(StringBuilder html, Series series, HtmlText text)
    {
        SeriesPoint[] points = [.. series.Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        html.Append("<h3>").Append(text.Of(series.Unit.Length > 0 ? $"{series.Name} ({series.Unit})" : series.Name)).Append("</h3>\n");
        if (points.Length == 0)
        {
            html.Append("<p class=\"quiet\">no values</p>\n");
            return;
        }

        var (lowX, highX) = Bounds(points.Select(point => point.X));
        var (lowY, highY) = Bounds(points.Select(point => point.Y).Append(0));
        double X(double value) => Left + (value - lowX) / (highX - lowX) * (Width - Left - Right);
        double Y(double value) => Height - Bottom - (value - lowY) / (highY - lowY) * (Height - Bottom - Top);
        html.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{text.Of(series.Name)}\">\n");
        foreach (var tick in Numbers.Ticks(lowY, highY, 4))
            html.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Numbers.Svg(Y(tick))}\" y2=\"{Numbers.Svg(Y(tick))}\"/><text class=\"axis\" x=\"{Left - 8}\" y=\"{Numbers.Svg(Y(tick) + 4)}\" text-anchor=\"end\">{Numbers.Text(tick)}</text>\n");
        foreach (var tick in Numbers.Ticks(lowX, highX, 10))
            html.Append($"<text class=\"axis\" x=\"{Numbers.Svg(X(tick))}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{Numbers.Text(tick)}</text>\n");
        html.Append($"<text class=\"axis\" x=\"{Width - Right}\" y=\"{Height - 6}\" text-anchor=\"end\">{text.Of(series.XLabel)}</text>\n");
        var line = string.Join(' ', Thinned(points).Select(point => $"{Numbers.Svg(X(point.X))},{Numbers.Svg(Y(point.Y))}"));
        var zero = Numbers.Svg(Y(Math.Max(lowY, 0)));
        html.Append($"<polygon class=\"area\" points=\"{Numbers.Svg(X(points[0].X))},{zero} {line} {Numbers.Svg(X(points[^1].X))},{zero}\"/><polyline class=\"line\" points=\"{line}\"/>\n</svg>\n");
    }

    private static (double Low, double High) Bounds(IEnumerable<double> values)
    {
        var (low, high) = values.Aggregate((Low: double.MaxValue, High: double.MinValue), (bounds, value) => (Math.Min(bounds.Low, value), Math.Max(bounds.High, value)));
        return high > low ? (low, high) : (low, low + 1);
    }

    // More points than pixels only make the page heavy; of each group the extremes stay, so that no peak is lost.
    private static IEnumerable<SeriesPoint> Thinned(SeriesPoint[] points)
    {
        if (points.Length <= MostPoints)
            return points;
        return points.Chunk(Math.Max(2, points.Length * 2 / MostPoints))
            .SelectMany(group => new[] { group.MinBy(point => point.Y), group.MaxBy(point => point.Y) }.OrderBy(point => point.X).Distinct());
    }
}
