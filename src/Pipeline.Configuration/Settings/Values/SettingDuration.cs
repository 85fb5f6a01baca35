using System.Globalization;
using System.Text.RegularExpressions;

namespace Pipeline.Configuration.Settings.Values;

/// <summary>
/// Durations as settings write them: whole numbers with a unit of <c>d</c>, <c>h</c>, <c>m</c>, <c>s</c> or <c>ms</c>, greatest first, each
/// at most once.
/// </summary>
public static partial class SettingDuration
{
    /// <summary>
    /// Reads a duration, or says that the text is none: <c>250ms</c>, <c>30s</c>, <c>1h30m</c>. At most 9 digits a number, 6 for days and
    /// hours.
    /// </summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        var parts = Grammar().Match(text ?? "");
        if (!parts.Success || parts.Length == 0)
            return false;
        duration = TimeSpan.FromDays(Number(parts, "d")) + TimeSpan.FromHours(Number(parts, "h")) + TimeSpan.FromMinutes(Number(parts, "m"))
            + TimeSpan.FromSeconds(Number(parts, "s")) + TimeSpan.FromMilliseconds(Number(parts, "ms"));
        return true;
    }

    /// <summary>Reads a duration.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static TimeSpan Parse(string text) => TryParse(text, out var duration)
        ? duration
        : throw new FormatException($"'{text}' is no duration; write numbers with units, as 250ms, 30s or 1h30m");

    /// <summary>Writes a duration so that it reads back; fractions of a millisecond are cut off.</summary>
    public static string Format(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        (long Number, string Unit)[] parts =
            [(duration.Days, "d"), (duration.Hours, "h"), (duration.Minutes, "m"), (duration.Seconds, "s"), (duration.Milliseconds, "ms")];
        var text = string.Concat(parts.Where(part => part.Number > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Number}{part.Unit}")));
        return text.Length == 0 ? "0s" : text;
    }

    private static long Number(Match parts, string unit) =>
        parts.Groups[unit] is { Success: true } part ? long.Parse(part.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^(?:(?<d>[0-9]{1,6})d)?(?:(?<h>[0-9]{1,6})h)?(?:(?<m>[0-9]{1,9})m(?!s))?(?:(?<s>[0-9]{1,9})s)?(?:(?<ms>[0-9]{1,9})ms)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
