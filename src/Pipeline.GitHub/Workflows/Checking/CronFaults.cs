using System.Globalization;

namespace Pipeline.GitHub.Workflows.Checking;

/// <summary>What is wrong with a time as cron writes it: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/crontab.html.</summary>
internal static class CronFaults
{
    // GitHub starts nothing more often.
    private const int ShortestMinutes = 5;

    private static readonly (string Name, int From, int To)[] Fields = [("minute", 0, 59), ("hour", 0, 23), ("day of the month", 1, 31), ("month", 1, 12), ("day of the week", 0, 6)];

    public static string? Find(string text)
    {
        var parts = text.Split(' ');
        if (parts.Length != Fields.Length)
            return $"schedule '{text}' has {parts.Length} fields; write minute, hour, day of the month, month and day of the week, such as '17 * * * *'";
        for (var field = 0; field < Fields.Length; field++)
        {
            var (name, from, to) = Fields[field];
            if (Values(parts[field], from, to) is null)
                return $"schedule '{text}' has '{parts[field]}' as its {name}; write *, */n, numbers from {from} to {to}, ranges a-b, or a list of these with commas";
        }
        var minutes = Values(parts[0], 0, 59)!.Order().ToArray();
        var wrap = minutes.Append(minutes[0] + 60);
        return minutes.Zip(wrap.Skip(1), (one, next) => next - one).Any(gap => gap < ShortestMinutes)
            ? $"schedule '{text}' runs more often than every {ShortestMinutes} minutes, which GitHub does not do"
            : null;
    }

    private static HashSet<int>? Values(string field, int from, int to)
    {
        HashSet<int> values = [];
        foreach (var part in field.Split(','))
        {
            if (Range(part, from, to) is not { } range)
                return null;
            values.UnionWith(range);
        }
        return values;
    }

    private static IEnumerable<int>? Range(string part, int from, int to)
    {
        if (part == "*")
            return Enumerable.Range(from, to - from + 1);
        if (part.StartsWith("*/", StringComparison.Ordinal))
            return Number(part[2..]) is { } step && step > 0 && step <= to ? Enumerable.Range(from, to - from + 1).Where(value => (value - from) % step == 0) : null;
        var ends = part.Split('-').Select(Number).ToArray();
        return ends switch
        {
            [{ } only] when only >= from && only <= to => [only],
            [{ } first, { } last] when first >= from && first <= last && last <= to => Enumerable.Range(first, last - first + 1),
            _ => null,
        };
    }

    private static int? Number(string text) =>
        text.Length is 1 or 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
