using System.Text;
using System.Text.RegularExpressions;

namespace Pipeline.GitHub.Rehearsal.Files;

/// <summary>
/// Finds files by patterns, one a line, as actions do: <c>*</c>, <c>?</c>, <c>[…]</c> within a name, <c>**</c> over folders, <c>!</c> takes out what came before, <c>#</c>
/// begins a comment. A folder stands for everything in it.
/// </summary>
internal static class FileGlob
{
    internal static IEnumerable<string> Lines(string patterns) =>
        patterns.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line[0] != '#');

    /// <summary>The files that are found, and the folders where the search for each pattern began.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="folder">What relative ones are relative to.</param>
    /// <param name="hidden">Whether names that begin with a dot are looked at below where a search begins.</param>
    internal static (IReadOnlyList<string> Files, IReadOnlyList<string> Roots) Find(IEnumerable<string> patterns, string folder, HiddenFiles hidden)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        List<string> roots = [];
        foreach (var line in patterns)
        {
            if (line[0] == '!')
            {
                var excluded = Matcher(Path.GetFullPath(line[1..].Trim(), folder));
                found.RemoveWhere(file => excluded.IsMatch(file));
                continue;
            }
            var pattern = Path.TrimEndingDirectorySeparator(Path.GetFullPath(line, folder));
            var (root, matcher) = (RootOf(pattern), Matcher(pattern));
            roots.Add(root);
            found.UnionWith(Walk(root, hidden).Where(file => matcher.IsMatch(file)));
        }
        return ([.. found.Order(StringComparer.Ordinal)], [.. roots.Distinct(StringComparer.Ordinal)]);
    }

    private static string RootOf(string pattern)
    {
        var parts = pattern.Split('/');
        var plain = parts.TakeWhile(part => part.IndexOfAny(['*', '?', '[']) < 0).ToArray();
        return plain.Length == 1 ? "/" : string.Join('/', plain);
    }

    private static IEnumerable<string> Walk(string path, HiddenFiles hidden)
    {
        if (hidden == HiddenFiles.AreLeftOut && Path.GetFileName(path).StartsWith('.'))
            return [];
        if (File.Exists(path))
            return [path];
        return Directory.Exists(path) ? Directory.EnumerateFileSystemEntries(path).SelectMany(entry => Walk(entry, hidden)) : [];
    }

    private static Regex Matcher(string pattern)
    {
        var text = new StringBuilder("^");
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern.AsSpan(at).StartsWith("/**/", StringComparison.Ordinal))
                (_, at) = (text.Append("/(?:.*/)?"), at + 3);
            else if (pattern.AsSpan(at).StartsWith("**", StringComparison.Ordinal))
                (_, at) = (text.Append(".*"), at + 1);
            else if (pattern[at] == '*')
                text.Append("[^/]*");
            else if (pattern[at] == '?')
                text.Append("[^/]");
            else if (pattern[at] == '[' && pattern.IndexOf(']', at) is > 0 and var end)
                (_, at) = (text.Append('[').Append(pattern[(at + 1)..end].Replace('!', '^')).Append(']'), end);
            else
                text.Append(Regex.Escape(pattern[at].ToString()));
        }
        return new(text.Append("(?:/.*)?$").ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(5));
    }
}

/// <summary>What becomes of names that begin with a dot.</summary>
internal enum HiddenFiles
{
    AreLeftOut,
    AreTaken,
}
