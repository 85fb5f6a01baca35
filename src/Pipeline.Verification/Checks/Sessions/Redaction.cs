using System.Net;
using System.Text.Json;

namespace Pipeline.Verification.Checks.Sessions;

/// <summary>Takes secrets out of messages, as they are and as HTML, JSON and URLs write them.</summary>
internal sealed class Redaction
{
    private const int ShortestSecret = 3;
    private static readonly string[] SecretNames = ["password", "passwd", "secret", "token", "apikey", "api_key", "authorization", "card", "cvc", "pin"];
    private readonly Lock gate = new();
    private readonly HashSet<string> forms = new(StringComparer.Ordinal);

    public Redaction(IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
            Keep(secret);
    }

    /// <summary>Whether a field of the name holds a secret.</summary>
    public static bool IsSecretName(string name) => SecretNames.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Keeps a text secret; one too short to be told from other text is not.</summary>
    public void Keep(string? secret)
    {
        if (secret is null || secret.Length < ShortestSecret)
            return;
        lock (gate)
        {
            forms.UnionWith([secret, WebUtility.HtmlEncode(secret), JsonSerializer.Serialize(secret)[1..^1]]);
            forms.UnionWith([WebUtility.UrlEncode(secret), Uri.EscapeDataString(secret)]);
        }
    }

    public string Apply(string text)
    {
        lock (gate)
            return forms.OrderByDescending(form => form.Length).Aggregate(text, (left, form) => left.Replace(form, "***", StringComparison.Ordinal));
    }
}
