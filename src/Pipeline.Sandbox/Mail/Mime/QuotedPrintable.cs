using System.Buffers.Text;

namespace Pipeline.Sandbox.Mail.Mime;

/// <summary>Decodes the quoted-printable encoding (RFC 2045, section 6.7). What is no escape is left as it is.</summary>
internal static class QuotedPrintable
{
    public static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var decoded = new List<byte>(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var rest = text[index..];
            if (rest is [(byte)'=', (byte)'\r', (byte)'\n', ..])
                index += 2;
            else if (rest is [(byte)'=', (byte)'\n', ..])
                index++;
            else if (rest is [(byte)'=', _, _, ..] && Utf8Parser.TryParse(rest[1..3], out byte value, out var used, 'x') && used == 2)
            {
                decoded.Add(value);
                index += 2;
            }
            else
                decoded.Add(rest[0]);
        }
        return [.. decoded];
    }
}
