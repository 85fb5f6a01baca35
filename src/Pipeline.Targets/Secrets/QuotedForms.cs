using System.Text;

namespace Pipeline.Targets.Secrets;

/// <summary>How a text stands in the command line of a shell, as programs show the commands that they run: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02.</summary>
internal static class QuotedForms
{
    private const string MeansSomething = "|&;<>()$`\\\"' \t*?[]#~=%!{}^,";

    internal static string InSingleQuotes(string text) => text.Replace("'", "'\\''", StringComparison.Ordinal);

    internal static string InDoubleQuotes(string text) => Escape(text, "$`\"\\");

    internal static string Unquoted(string text) => Escape(text, MeansSomething);

    private static string Escape(string text, string escaped)
    {
        var quoted = new StringBuilder(text.Length);
        foreach (var character in text)
            quoted.Append(escaped.Contains(character, StringComparison.Ordinal) ? "\\" : "").Append(character);
        return quoted.ToString();
    }
}
