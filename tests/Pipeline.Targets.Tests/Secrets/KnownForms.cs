using System.Globalization;
using System.Net;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipeline.Targets.Tests.Secrets;

/// <summary>
/// Random secrets and the forms in which programs write them, made here by other means than those of the masker, so that what it forgets is found.
/// </summary>
internal static class KnownForms
{
    private const string Alphabet = "abcdefghXYZ0189+/=&%\"'\\<>$`!*?()[]{}|^~#@,;:. -_äß€漢😀\t";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Shorter lines of a secret cannot be masked, and tell little.
    private const int ShortestLine = 4;

    internal static string Secret(Random random)
    {
        var lines = Enumerable.Range(0, random.Next(4) == 0 ? random.Next(2, 5) : 1).Select(_ => Line(random));
        return string.Join(random.Next(2) == 0 ? "\n" : "\r\n", lines) + (random.Next(8) == 0 ? "\n" : "");
    }

    /// <summary>The secret as other programs write it, each line of it too.</summary>
    internal static IReadOnlyList<string> Of(string secret) =>
    [
        .. secret.Split('\n').Select(line => line.Trim()).Append(secret.Trim()).Where(text => text.Length >= ShortestLine).Distinct(StringComparer.Ordinal).SelectMany(Written).Distinct(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Written(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var base64 = Convert.ToBase64String(bytes);
        yield return text;
        yield return base64;
        yield return base64.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        yield return string.Join('\n', base64.Chunk(76).Select(line => new string(line)));
        yield return string.Join("\r\n", base64.Chunk(64).Select(line => new string(line)));
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{text}"));
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{text}"));
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{text}:x"));
        yield return Uri.EscapeDataString(text);
        yield return string.Concat(bytes.Select(each => char.IsAsciiLetterOrDigit((char)each) || "-_.~".Contains((char)each, StringComparison.Ordinal) ? $"{(char)each}" : $"%{each.ToString("x2", CultureInfo.InvariantCulture)}"));
        yield return WebUtility.UrlEncode(text);
        yield return JsonSerializer.Serialize(text);
        yield return JsonSerializer.Serialize(JsonSerializer.Serialize(text));
        yield return JsonSerializer.Serialize(text, Relaxed);
        yield return WebUtility.HtmlEncode(text);
        yield return SecurityElement.Escape(text);
        yield return $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        yield return $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}\"";
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
    }

    private static string Line(Random random)
    {
        var characters = new StringBuilder();
        var runes = Alphabet.EnumerateRunes().ToArray();
        for (var length = random.Next(12, 60); length > 0; length--)
            characters.Append(runes[random.Next(runes.Length)]);
        return $"q{characters}Z9";
    }
}
