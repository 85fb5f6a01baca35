using System.Text;
using Pipeline.Targets.Secrets;

namespace Pipeline.Targets.Summaries;

/// <summary>Texts of others inside of GitHub's markdown (https://github.github.com/gfm): masked, and nothing but text.</summary>
internal sealed class Markdown(SecretMasker masker)
{
    private const string Special = "\\`*_{}[]()#+!|~$:@";

    // After these GitHub makes a link or a mention of plain text, escaped or not.
    private const char Joiner = '\u2060';

    /// <summary>A text on one line, in a sentence or in a cell of a table.</summary>
    internal string Line(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in masker.Mask(text).Trim())
        {
            if (character is '\n')
                escaped.Append("<br>");
            else if (char.IsControl(character))
                escaped.Append(' ');
            else if (character is '<' or '>' or '&')
                escaped.Append(character switch { '<' => "&lt;", '>' => "&gt;", _ => "&amp;" });
            else
            {
                if (Special.Contains(character, StringComparison.Ordinal))
                    escaped.Append('\\');
                escaped.Append(character);
                if (character is '@' or '#')
                    escaped.Append(Joiner);
            }
        }

        return escaped.ToString();
    }

    /// <summary>A text with its lines as they are.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">How many characters of it are shown.</param>
    internal string Block(string text, int longest)
    {
        var masked = masker.Mask(text).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd();
        if (masked.Length > longest)
            masked = $"{masked[..longest]}\n… {masked.Length - longest} characters more are in the log";
        var plain = string.Concat(masked.Select(character => character == '\n' || character == '\t' || !char.IsControl(character) ? character : ' '));
        var fence = new string('`', Math.Max(3, LongestRun(plain) + 1));
        return $"{fence}text\n{plain}\n{fence}\n";
    }

    /// <summary>A name or a digest, in the letters of code.</summary>
    internal string Code(string text) => $"<code>{Line(text)}</code>";

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
