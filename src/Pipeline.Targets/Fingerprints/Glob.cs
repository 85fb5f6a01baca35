namespace Pipeline.Targets.Fingerprints;

/// <summary>
/// A pattern for paths with <c>/</c> between their parts: <c>?</c> is one character and <c>*</c> any number of them within a name, <c>**</c> any
/// number of folders, <c>{a,b}</c> one of several texts. Letter case counts.
/// </summary>
internal sealed class Glob
{
    private readonly string[][] alternatives;

    private Glob(string pattern)
    {
        Pattern = pattern;
        alternatives = [.. Braces(pattern).Select(text => text.Split('/'))];
    }

    internal string Pattern { get; }

    internal bool IsLiteral => !Pattern.AsSpan().ContainsAny("*?{");

    /// <exception cref="MisuseException">The pattern leaves the working directory or its braces do not match.</exception>
    internal static Glob Parse(string pattern)
    {
        var parts = pattern.Split('/');
        if (pattern.Length == 0 || Path.IsPathRooted(pattern) || parts.Contains("..") || pattern.Contains('\\', StringComparison.Ordinal))
            throw new MisuseException($"input '{pattern}' is no path below the working directory; write it relative, with / and without ..");
        if (pattern.Count(character => character == '{') != pattern.Count(character => character == '}'))
            throw new MisuseException($"input '{pattern}' has a brace without its partner; write {{a,b}}");
        return new(parts[0] == "." ? pattern[2..] : pattern);
    }

    internal bool Matches(string path)
    {
        foreach (var segments in alternatives)
        {
            if (Matches(segments, path))
                return true;
        }

        return false;
    }

    private static bool Matches(ReadOnlySpan<string> segments, ReadOnlySpan<char> path)
    {
        while (segments.Length > 0)
        {
            if (segments[0] == "**")
            {
                if (segments.Length == 1)
                    return true;
                for (var rest = path; ; rest = rest[(rest.IndexOf('/') + 1)..])
                {
                    if (Matches(segments[1..], rest))
                        return true;
                    if (rest.IndexOf('/') < 0)
                        return false;
                }
            }

            var end = path.IndexOf('/');
            var isLast = end < 0;
            if (!MatchesName(segments[0], isLast ? path : path[..end]))
                return false;
            segments = segments[1..];
            if (isLast)
                return segments.Length == 0;
            path = path[(end + 1)..];
        }

        return false;
    }

    // The last star is the only one that ever has to be tried at another place.
    private static bool MatchesName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int at = 0, seen = 0, star = -1, retry = 0;
        while (seen < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                retry = seen;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == name[seen]))
            {
                at++;
                seen++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                seen = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && pattern[at] == '*')
            at++;
        return at == pattern.Length;
    }

    private static IEnumerable<string> Braces(string pattern)
    {
        var open = pattern.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
            return [pattern];
        var close = pattern.IndexOf('}', open);
        if (close < 0)
            return [pattern];
        return pattern[(open + 1)..close].Split(',').SelectMany(choice => Braces(pattern[..open] + choice + pattern[(close + 1)..]));
    }
}
