using System.Text;

namespace Pipeline.Sandbox.Mail.Mime;

/// <summary>Undoes the encoding a part was sent in (RFC 2045, section 6).</summary>
internal static class TransferEncoding
{
    public static byte[] Decode(string? encoding, ReadOnlyMemory<byte> body) => encoding?.Trim().ToLowerInvariant() switch
    {
        "base64" => FromBase64(body),
        "quoted-printable" => QuotedPrintable.Decode(body.Span),
        _ => body.ToArray(),
    };

    private static byte[] FromBase64(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Convert.FromBase64String(Encoding.Latin1.GetString(body.Span));
        }
        catch (FormatException)
        {
            return body.ToArray();
        }
    }
}
