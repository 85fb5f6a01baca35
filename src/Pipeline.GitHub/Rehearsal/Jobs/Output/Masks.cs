using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipeline.GitHub.Rehearsal.Jobs.Output;

/// <summary>Masks secrets as the runner does: as they are, line by line, and in the encodings in which they usually turn up.</summary>
internal sealed class Masks(Action<string> tell)
{
    internal const string Mark = "***";

    private readonly Lock gate = new();
    private IReadOnlyList<string> patterns = [];

    internal void Add(string secret)
    {
        var lines = secret.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0)
            return;
        tell(secret);
        lock (gate)
            patterns = [.. patterns.Union(lines.Append(secret).SelectMany(Forms)).OrderByDescending(pattern => pattern.Length)];
    }

    internal string Apply(string text)
    {
        foreach (var pattern in patterns)
            text = text.Replace(pattern, Mark, StringComparison.Ordinal);
        return text;
    }

    /// <summary>Whether a text holds anything that is masked.</summary>
    internal bool Hide(string text) => patterns.Any(pattern => text.Contains(pattern, StringComparison.Ordinal));

    private static IEnumerable<string> Forms(string secret)
    {
        string[] forms =
        [
            secret, secret.Trim(), Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).ToString(),
            JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), Base64(secret, 0), Base64(secret, 1), Base64(secret, 2),
        ];
        return forms.Where(form => form.Length > 0);
    }

    // Behind one or two other bytes the same bytes look otherwise; what they share with their neighbours is left out.
    private static string Base64(string secret, int offset)
    {
        byte[] bytes = [.. new byte[offset], .. Encoding.UTF8.GetBytes(secret)];
        var (start, end) = (((offset * 8) + 5) / 6, bytes.Length * 8 / 6);
        return end - start >= 4 ? Convert.ToBase64String(bytes)[start..end] : "";
    }
}
