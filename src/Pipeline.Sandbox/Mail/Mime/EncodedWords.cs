using System.Text;
using System.Text.RegularExpressions;

namespace Pipeline.Sandbox.Mail.Mime;

/// <summary>Decodes text of other letters than ASCII in headers (RFC 2047).</summary>
internal static partial class EncodedWords
{
    public static string Decode(string text) => Word().Replace(Gap().Replace(text, "$1"), word =>
    {
        var content = word.Groups["text"].Value;
        try
        {
            var bytes = word.Groups["encoding"].ValueSpan is "B" or "b"
                ? Convert.FromBase64String(content)
                : QuotedPrintable.Decode(Encoding.ASCII.GetBytes(content.Replace('_', ' ')));
            return Charset.Of(word.Groups["charset"].Value.Split('*')[0]).GetString(bytes);
        }
        catch (FormatException)
        {
            return word.Value;
        }
    });

    [GeneratedRegex(@"=\?(?<charset>[^?\s]+)\?(?<encoding>[BbQq])\?(?<text>[^?\s]*)\?=", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    /// <summary>Blanks between two encoded words are not part of the text.</summary>
    [GeneratedRegex(@"(=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=)[ \t]+(?==\?[^?\s]+\?[BbQq]\?)", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();
}
