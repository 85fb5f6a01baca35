using System.Text.RegularExpressions;

namespace Pipeline.Applications.Auditing.Licences;

/// <summary>An expression of licences: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/.</summary>
internal sealed partial class LicenceExpression
{
    private readonly Func<IReadOnlySet<string>, bool> allowed;

    private LicenceExpression(Func<IReadOnlySet<string>, bool> allowed) => this.allowed = allowed;

    /// <summary>Whether who may use these licences may use what stands under the expression.</summary>
    public bool IsAllowed(IReadOnlySet<string> licences) => allowed(licences);

    /// <summary>Null for what is no expression.</summary>
    public static LicenceExpression? TryParse(string text)
    {
        var words = Word().Matches(text).Select(word => word.Value).ToArray();
        // What lies between the words is white space, or it is no expression.
        if (words.Length == 0 || string.Concat(words) != White().Replace(text, ""))
            return null;
        var reading = new Reading(words);
        return reading.Either() is { } whole && reading.IsAtEnd ? new(whole) : null;
    }

    [GeneratedRegex(@"[()]|[A-Za-z0-9.:+-]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();

    // OR binds weakest, then AND, then WITH.
    private sealed class Reading(string[] words)
    {
        private static readonly HashSet<string> Operators = new(StringComparer.OrdinalIgnoreCase) { "AND", "OR", "WITH", "(", ")" };
        private int at;

        public bool IsAtEnd => at == words.Length;

        public Func<IReadOnlySet<string>, bool>? Either() => Chain("OR", Both, (left, right) => licences => left(licences) || right(licences));

        private Func<IReadOnlySet<string>, bool>? Both() => Chain("AND", One, (left, right) => licences => left(licences) && right(licences));

        private Func<IReadOnlySet<string>, bool>? Chain(
            string word, Func<Func<IReadOnlySet<string>, bool>?> part,
            Func<Func<IReadOnlySet<string>, bool>, Func<IReadOnlySet<string>, bool>, Func<IReadOnlySet<string>, bool>> join)
        {
            var whole = part();
            while (whole is not null && Take(word))
                whole = part() is { } next ? join(whole, next) : null;
            return whole;
        }

        private Func<IReadOnlySet<string>, bool>? One()
        {
            if (Take("("))
                return Either() is { } inner && Take(")") ? inner : null;
            if (Name() is not { } licence)
                return null;
            // An exception to a licence only ever permits more.
            if (Take("WITH") && Name() is null)
                return null;
            return licences => licences.Contains(licence) || licences.Contains(licence.TrimEnd('+'));
        }

        private string? Name() => !IsAtEnd && !Operators.Contains(words[at]) ? words[at++] : null;

        private bool Take(string word)
        {
            if (IsAtEnd || !words[at].Equals(word, StringComparison.OrdinalIgnoreCase))
                return false;
            at++;
            return true;
        }
    }
}
