namespace Pipeline.Configuration.Settings;

/// <summary>Finds the name that a mistyped one was probably meant to be.</summary>
internal static class NearestName
{
    /// <summary>The nearest of the names; null when none is near: at most one typing error for every three letters.</summary>
    public static string? To(string mistyped, IEnumerable<string> names)
    {
        var near = names.Select(name => (Name: name, Distance: Distance(mistyped, name)))
            .Where(candidate => candidate.Distance <= Math.Max(1, Math.Min(mistyped.Length, candidate.Name.Length) / 3))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .ToArray();
        return near.Length == 0 ? null : near[0].Name;
    }

    /// <summary>Letters inserted, left out, replaced, or swapped with their neighbour (optimal string alignment), whatever their case.</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1][];
        for (var i = 0; i <= left.Length; i++)
        {
            rows[i] = new int[right.Length + 1];
            rows[i][0] = i;
        }
        for (var j = 0; j <= right.Length; j++)
            rows[0][j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
                rows[i][j] = Cheapest(rows, left, right, i, j);
        }
        return rows[left.Length][right.Length];
    }

    private static int Cheapest(int[][] rows, string left, string right, int i, int j)
    {
        var replaced = rows[i - 1][j - 1] + (Same(left[i - 1], right[j - 1]) ? 0 : 1);
        var cheapest = Math.Min(replaced, Math.Min(rows[i - 1][j], rows[i][j - 1]) + 1);
        var swapped = i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]);
        return swapped ? Math.Min(cheapest, rows[i - 2][j - 2] + 1) : cheapest;
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
