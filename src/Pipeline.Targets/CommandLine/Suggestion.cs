namespace Pipeline.Targets.CommandLine;

/// <summary>"Did you mean": the known words that are closest to one that is not known.</summary>
internal static class Suggestion
{
    internal static string For(string word, IEnumerable<string> known)
    {
        var near = Nearest(word, known);
        return near.Count == 0 ? "" : $"; did you mean {string.Join(" or ", near)}?";
    }

    internal static IReadOnlyList<string> Nearest(string word, IEnumerable<string> known)
    {
        var limit = Math.Max(1, word.Length / 3);
        var near = known.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(candidate => (candidate, distance: Score(word, candidate)))
            .Where(pair => pair.distance <= limit)
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .ToArray();
        return near.Length == 0 ? [] : [.. near.Where(pair => pair.distance == near[0].distance).Select(pair => pair.candidate).Take(3)];
    }

    // A word that was begun or shortened ("Deploy" for "DeployStaging") is as near as one typing error.
    private static int Score(string word, string candidate) => word.Length >= 3 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        ? 1
        : Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());

    // The optimal string alignment distance: insertions, deletions, replacements, and swaps of neighbours.
    private static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[b.Length];
    }
}
