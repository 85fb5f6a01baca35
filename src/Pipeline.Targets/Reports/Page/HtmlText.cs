using System.Net;
using System.Text.RegularExpressions;
using Pipeline.Targets.Secrets;

namespace Pipeline.Targets.Reports;

/// <summary>Texts of the run as they may stand in the page: masked, without the colours of a terminal, encoded.</summary>
internal sealed partial class HtmlText(SecretMasker masker)
{
    internal string Of(string text) => WebUtility.HtmlEncode(masker.Mask(text.Contains('\e', StringComparison.Ordinal) ? EscapeCodes().Replace(text, "") : text));

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)")]
    private static partial Regex EscapeCodes();
}
