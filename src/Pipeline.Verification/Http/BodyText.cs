using System.Text;

namespace Pipeline.Verification.Http;

/// <summary>Reads as much of a body as is wanted, and shortens it for messages.</summary>
internal static class BodyText
{
    /// <summary>Reads at most so many bytes; what follows is not waited for.</summary>
    public static async Task<string> ReadAsync(HttpContent content, int mostBytes, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[mostBytes];
        var read = await stream.ReadAtLeastAsync(buffer, mostBytes, throwOnEndOfStream: false, cancellation);
        return EncodingOf(content).GetString(buffer, 0, read);
    }

    /// <summary>The beginning, in one line.</summary>
    public static string Beginning(string text, int most)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= most ? line : $"{line[..most]}…";
    }

    private static Encoding EncodingOf(HttpContent content)
    {
        try
        {
            return content.Headers.ContentType?.CharSet is { Length: > 0 } name ? Encoding.GetEncoding(name.Trim('"')) : Encoding.UTF8;
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
