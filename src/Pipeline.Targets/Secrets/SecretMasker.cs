using System.Buffers;

namespace Pipeline.Targets.Secrets;

/// <summary>Replaces secrets, in every form in which they usually leak, by <see cref="Mark"/>.</summary>
internal sealed class SecretMasker
{
    internal const string Mark = "***";

    private readonly Lock gate = new();
    private State state = new([]);

    /// <summary>How many characters at the end of an unfinished text may be the beginning of a secret.</summary>
    internal int LongestPattern => state.Longest;

    /// <summary>Masks a value from now on. Values shorter than <see cref="SecretForms.ShortestMasked"/> characters cannot be masked and are refused.</summary>
    internal bool Register(string secret)
    {
        if (secret.Length < SecretForms.ShortestMasked)
            return false;
        var forms = SecretForms.Of(secret);
        lock (gate)
            state = new([.. state.Patterns.Union(forms, StringComparer.Ordinal)]);
        return true;
    }

    internal string Mask(string text) => state.Mask(text);

    /// <summary>The length of the longest end of <paramref name="text"/> that a secret could begin with.</summary>
    internal int UnfinishedTail(ReadOnlySpan<char> text) => state.UnfinishedTail(text);

    /// <summary>The last place at or before <paramref name="cut"/> where the text can be cut without cutting a secret in two.</summary>
    internal int CutOutsideSecrets(string text, int cut) => state.CutOutsideSecrets(text, cut);

    // Patterns are swapped as a whole: writers on other threads see the old or the new ones.
    private sealed class State
    {
        private readonly SearchValues<string>? search;
        private readonly SearchValues<char> beginnings;
        private readonly Dictionary<char, string[]> byBeginning;
        private readonly bool hasLineEnds;

        internal State(string[] patterns)
        {
            Patterns = patterns;
            // Longest first, so that a secret that contains another one vanishes whole.
            Array.Sort(Patterns, (a, b) => b.Length - a.Length);
            Longest = patterns.Length == 0 ? 0 : Patterns[0].Length;
            search = patterns.Length == 0 ? null : SearchValues.Create(Patterns, StringComparison.Ordinal);
            byBeginning = patterns.GroupBy(pattern => pattern[0]).ToDictionary(group => group.Key, group => group.ToArray());
            beginnings = SearchValues.Create([.. byBeginning.Keys]);
            hasLineEnds = patterns.Any(pattern => pattern.Contains('\n', StringComparison.Ordinal));
        }

        internal string[] Patterns { get; }

        internal int Longest { get; }

        internal string Mask(string text)
        {
            if (search is null || text.AsSpan().IndexOfAny(search) < 0)
                return text;
            // Overlapping secrets: everything that any of them covers goes, each stretch under one mark.
            var covered = new bool[text.Length];
            foreach (var pattern in Patterns)
            {
                for (var at = text.IndexOf(pattern, StringComparison.Ordinal); at >= 0; at = text.IndexOf(pattern, at + 1, StringComparison.Ordinal))
                    covered.AsSpan(at, pattern.Length).Fill(true);
            }

            var masked = new System.Text.StringBuilder(text.Length);
            for (var at = 0; at < text.Length; at++)
            {
                if (!covered[at])
                    masked.Append(text[at]);
                else if (at == 0 || !covered[at - 1])
                    masked.Append(Mark);
            }

            return masked.ToString();
        }

        internal int UnfinishedTail(ReadOnlySpan<char> text)
        {
            // Nearly all texts are whole lines, and hardly any secret goes on after one.
            var from = Math.Max(0, text.Length - Longest + 1);
            if (!hasLineEnds)
                from = Math.Max(from, text.LastIndexOf('\n') + 1);
            for (var at = from; at < text.Length; at++)
            {
                var next = text[at..].IndexOfAny(beginnings);
                if (next < 0)
                    return 0;
                at += next;
                foreach (var pattern in byBeginning[text[at]])
                {
                    if (pattern.Length > text.Length - at && pattern.AsSpan().StartsWith(text[at..]))
                        return text.Length - at;
                }
            }

            return 0;
        }

        internal int CutOutsideSecrets(string text, int cut)
        {
            if (cut == text.Length)
                return cut;
            for (var before = -1; before != cut;)
            {
                before = cut;
                foreach (var pattern in Patterns)
                {
                    for (var at = Math.Max(0, cut - pattern.Length + 1); at < cut; at++)
                    {
                        if (text.AsSpan(at).StartsWith(pattern, StringComparison.Ordinal) && at + pattern.Length > cut)
                            cut = at;
                    }
                }
            }

            return cut;
        }
    }
}
