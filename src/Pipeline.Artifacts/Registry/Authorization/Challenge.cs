using System.Net.Http.Headers;

namespace Pipeline.Artifacts.Registry.Authorization;

/// <summary>How a registry wants to be told who asks: https://www.rfc-editor.org/rfc/rfc9110#name-www-authenticate.</summary>
/// <param name="Scheme">In lower case: <c>basic</c> or <c>bearer</c>, or another that is not known here.</param>
/// <param name="Parameters">What it says besides, by name in lower case.</param>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public const string Basic = "basic";
    public const string Bearer = "bearer";

    public string? Realm => Parameters.GetValueOrDefault("realm");

    public string? Service => Parameters.GetValueOrDefault("service");

    public string? Error => Parameters.GetValueOrDefault("error");

    public static IReadOnlyList<Challenge> Of(HttpResponseMessage answer) =>
        [.. answer.Headers.WwwAuthenticate.Select(header => new Challenge(header.Scheme.ToLowerInvariant(), Read(header)))];

    private static Dictionary<string, string> Read(AuthenticationHeaderValue header)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = (header.Parameter ?? "").AsSpan();
        while (text.IndexOf('=') is > 0 and var equals)
        {
            var name = text[..equals].Trim(" ,").ToString().ToLowerInvariant();
            text = text[(equals + 1)..].TrimStart();
            parameters[name] = text.StartsWith("\"") ? TakeQuoted(ref text) : TakeWord(ref text);
        }
        return parameters;
    }

    private static string TakeWord(ref ReadOnlySpan<char> text)
    {
        var comma = text.IndexOf(',');
        var word = (comma < 0 ? text : text[..comma]).Trim().ToString();
        text = comma < 0 ? [] : text[(comma + 1)..];
        return word;
    }

    private static string TakeQuoted(ref ReadOnlySpan<char> text)
    {
        var value = new System.Text.StringBuilder();
        var at = 1;
        for (; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            value.Append(text[at]);
        }
        text = at < text.Length ? text[(at + 1)..] : [];
        return value.ToString();
    }
}
