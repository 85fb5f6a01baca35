using System.Net;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipeline.Targets.Secrets;

/// <summary>The forms in which a secret turns up in output: as it is, line by line, and encoded for Base64, hexadecimal, addresses, JSON, HTML, XML and shells.</summary>
internal static class SecretForms
{
    /// <summary>Shorter texts occur everywhere by chance; masking them would destroy the output and hide nothing.</summary>
    internal const int ShortestMasked = 4;

    // In which programs break Base64 into lines: RFC 2045, RFC 7468.
    private static readonly int[] LineWidths = [76, 64];

    private static readonly char[] LineEnds = ['\r', '\n'];

    internal static IEnumerable<string> Of(string secret)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        var pieces = secret.Split(LineEnds, StringSplitOptions.RemoveEmptyEntries).Select(piece => piece.Trim());
        foreach (var piece in pieces.Append(secret).Append(secret.Trim()).Distinct(StringComparer.Ordinal))
        {
            forms.Add(piece);
            forms.UnionWith(Encoded(piece));
        }

        forms.RemoveWhere(form => form.Length < ShortestMasked);
        return forms;
    }

    /// <summary>
    /// What GitHub's runner has to be told so that it masks a secret as we do. The usual forms of a value for Base64, addresses and JSON it knows by itself;
    /// lines it has to be told one by one, since it reads output so. Lines that occur everywhere by chance, such as a lone brace, are left out.
    /// </summary>
    internal static IEnumerable<string> ForRunner(string secret)
    {
        var forms = new List<string>();
        foreach (var line in secret.Split(LineEnds, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line.Length >= ShortestMasked).Distinct())
        {
            forms.Add(line);
            string[] known = [line, Uri.EscapeDataString(line), JsonEncodedText.Encode(line, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), Convert.ToBase64String(Encoding.UTF8.GetBytes(line))];
            forms.AddRange(Encoded(line).Where(form => form.Length >= ShortestMasked && !known.Contains(form)));
        }

        return forms.Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Encoded(string text)
    {
        yield return Uri.EscapeDataString(text);
        yield return LowerHex(Uri.EscapeDataString(text));
        yield return WebUtility.UrlEncode(text);
        yield return LowerHex(WebUtility.UrlEncode(text));
        yield return JsonEncodedText.Encode(text).ToString();
        yield return JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        yield return LowerHex(JsonEncodedText.Encode(text).ToString(), '\\', 'u');
        // A document within a document, such as the result of a target in its evidence.
        yield return JsonEncodedText.Encode(JsonEncodedText.Encode(text).ToString()).ToString();
        yield return JsonEncodedText.Encode(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        yield return WebUtility.HtmlEncode(text);
        yield return SecurityElement.Escape(text);
        yield return QuotedForms.InSingleQuotes(text);
        yield return QuotedForms.InDoubleQuotes(text);
        yield return QuotedForms.Unquoted(text);
        yield return Convert.ToHexString(Encoding.UTF8.GetBytes(text));
        yield return Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
        foreach (var form in Base64(text))
            yield return form;
    }

    // In "user:password" the secret begins at any of three places within a group of three bytes; the characters that it
    // shares with its neighbours are left out, the rest is the same whatever stands around it.
    private static IEnumerable<string> Base64(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var whole = Convert.ToBase64String(bytes);
        yield return whole;
        yield return UrlSafe(whole);
        foreach (var width in LineWidths.Where(width => whole.Length > width))
        {
            foreach (var line in whole.Chunk(width))
                yield return new(line);
        }

        for (var offset = 0; offset < 3; offset++)
        {
            var padded = new byte[offset + bytes.Length];
            bytes.CopyTo(padded, offset);
            var encoded = Convert.ToBase64String(padded).TrimEnd('=');
            var start = (offset * 8 + 5) / 6;
            var end = padded.Length * 8 / 6;
            if (end - start < ShortestMasked)
                continue;
            var core = encoded[start..end];
            yield return core;
            yield return UrlSafe(core);
        }
    }

    private static string UrlSafe(string base64) => base64.Replace('+', '-').Replace('/', '_').TrimEnd('=');

    private static string LowerHex(string text) => LowerHex(text, '%', '\0');

    private static string LowerHex(string text, char mark, char second)
    {
        var digits = second == '\0' ? 2 : 4;
        var skip = second == '\0' ? 1 : 2;
        var characters = text.ToCharArray();
        for (var at = 0; at + skip + digits <= characters.Length; at++)
        {
            if (characters[at] != mark || (second != '\0' && characters[at + 1] != second))
                continue;
            for (var digit = at + skip; digit < at + skip + digits; digit++)
                characters[digit] = char.ToLowerInvariant(characters[digit]);
        }

        return new(characters);
    }
}
