using System.Globalization;
using System.Text;

namespace Pipeline.GitHub.Workflows;

/// <summary>
/// What differs between two texts, line by line, as <c>diff -u</c> writes it: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/diff.html.
/// </summary>
/// <param name="Line">The first line of the old text that differs, from 1 on.</param>
/// <param name="Text">The difference, with three lines around each change.</param>
internal sealed record TextDifference(int Line, string Text)
{
    private const int Around = 3;

    public static TextDifference Between(string old, string wanted)
    {
        var changes = Changes(Lines(old), Lines(wanted));
        var first = Array.FindIndex(changes, change => change.Mark != ' ');
        if (first < 0)
            return new(1, "");
        var line = changes[..first].Length + 1;
        var text = new StringBuilder();
        for (var at = 0; at < changes.Length;)
        {
            var next = Array.FindIndex(changes, at, change => change.Mark != ' ');
            if (next < 0)
                break;
            var start = Math.Max(at, next - Around);
            var end = EndOfHunk(changes, next);
            Write(text, changes, start, end);
            at = end;
        }
        return new(line, text.ToString().TrimEnd('\n'));
    }

    private static int EndOfHunk((char Mark, string Line)[] changes, int from)
    {
        var last = from;
        for (var at = from; at < changes.Length && at - last <= 2 * Around; at++)
        {
            if (changes[at].Mark != ' ')
                last = at;
        }
        return Math.Min(changes.Length, last + Around + 1);
    }

    private static void Write(StringBuilder text, (char Mark, string Line)[] changes, int start, int end)
    {
        var (oldStart, newStart) = (changes[..start].Count(change => change.Mark != '+') + 1, changes[..start].Count(change => change.Mark != '-') + 1);
        var hunk = changes[start..end];
        text.Append(CultureInfo.InvariantCulture, $"@@ -{oldStart},{hunk.Count(change => change.Mark != '+')} +{newStart},{hunk.Count(change => change.Mark != '-')} @@\n");
        foreach (var (mark, line) in hunk)
            text.Append(mark).Append(line).Append('\n');
    }

    /// <summary>By the longest common subsequence: workflows have hundreds of lines, not millions.</summary>
    private static (char Mark, string Line)[] Changes(string[] old, string[] wanted)
    {
        var common = Enumerable.Range(0, old.Length + 1).Select(_ => new int[wanted.Length + 1]).ToArray();
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = wanted.Length - 1; j >= 0; j--)
                common[i][j] = old[i] == wanted[j] ? common[i + 1][j + 1] + 1 : Math.Max(common[i + 1][j], common[i][j + 1]);
        }
        List<(char, string)> changes = [];
        var (x, y) = (0, 0);
        while (x < old.Length || y < wanted.Length)
        {
            if (x < old.Length && y < wanted.Length && old[x] == wanted[y])
            {
                changes.Add((' ', old[x++]));
                y++;
            }
            else if (y == wanted.Length || (x < old.Length && common[x + 1][y] >= common[x][y + 1]))
            {
                changes.Add(('-', old[x++]));
            }
            else
            {
                changes.Add(('+', wanted[y++]));
            }
        }
        return [.. changes];
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : $"{text} (without a line end)").Split('\n');
}
