using System.Text.RegularExpressions;

namespace Pipeline.Applications.Auditing.Leaks;

/// <summary>The form of one kind of secret.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mark">A text without which it does not occur; looked for first, since it is quick to find.</param>
/// <param name="Form">The secret is the group <c>secret</c>, or the whole match where there is none.</param>
internal sealed record LeakRule(string Kind, string Mark, Regex Form)
{
    public IEnumerable<(int At, string Secret)> Find(string text)
    {
        if (!text.Contains(Mark, StringComparison.Ordinal))
            yield break;
        foreach (Match match in Form.Matches(text))
        {
            var secret = match.Groups["secret"] is { Success: true } group ? group : (Group)match;
            yield return (secret.Index, secret.Value);
        }
    }
}
