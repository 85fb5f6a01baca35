using System.Globalization;

namespace Pipeline.Targets.Reports;

/// <summary>Numbers as they stand in charts and tiles.</summary>
internal static class Numbers
{
    internal static string Text(double value) => double.IsFinite(value)
        ? Math.Abs(value) switch
        {
            0 => "0",
            < 0.01 or >= 1e9 => value.ToString("0.###e0", CultureInfo.InvariantCulture),
            < 10 => value.ToString("0.###", CultureInfo.InvariantCulture),
            < 1000 => value.ToString("0.#", CultureInfo.InvariantCulture),
            _ => value.ToString("#,0", CultureInfo.InvariantCulture),
        }
        : "–";

    internal static string Svg(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Round values between two bounds, about <paramref name="count"/> of them.</summary>
    internal static IReadOnlyList<double> Ticks(double low, double high, int count)
    {
        if (high <= low)
            return [low];
        var rough = (high - low) / count;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = magnitude * ((rough / magnitude) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 });
        var first = Math.Ceiling(low / step);
        return [.. Enumerable.Range(0, (int)Math.Floor(high / step - first) + 1).Select(index => (first + index) * step)];
    }
}
