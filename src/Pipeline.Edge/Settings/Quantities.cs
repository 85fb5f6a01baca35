using System.Globalization;

namespace Pipeline.Edge.Settings;

/// <summary>Durations and sizes as people write them: <c>500ms</c>, <c>5s</c>, <c>2m</c>, <c>1h</c>; <c>32k</c>, <c>10m</c>, <c>1g</c>.</summary>
internal static class Quantities
{
    private static readonly (string Suffix, double Milliseconds)[] DurationUnits = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];
    private static readonly (string Suffix, long Bytes)[] SizeUnits = [("k", 1024), ("m", 1024 * 1024), ("g", 1024 * 1024 * 1024)];

    public static TimeSpan? Duration(string text)
    {
        foreach (var (suffix, milliseconds) in DurationUnits)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && double.TryParse(text[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
                return TimeSpan.FromMilliseconds(count * milliseconds);
        }
        return null;
    }

    public static long? Size(string text)
    {
        var unit = Array.Find(SizeUnits, unit => text.EndsWith(unit.Suffix, StringComparison.OrdinalIgnoreCase));
        var digits = unit.Suffix is null ? text : text[..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count < long.MaxValue / (1L << 30)
            ? count * (unit.Suffix is null ? 1 : unit.Bytes)
            : null;
    }
}
