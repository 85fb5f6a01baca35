using System.Text;

namespace Pipeline.Sandbox.Mail.Mime;

/// <summary>The header of a message or of a part of one (RFC 5322, section 2.2).</summary>
internal sealed class MimeHeaders(IReadOnlyList<MimeHeader> all)
{
    private const int MostHeaders = 1000;

    public IReadOnlyList<MimeHeader> All { get; } = all;

    /// <summary>The first field of the name; null when there is none.</summary>
    public string? Value(string name) => All.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>Reads up to the first empty line; what follows is the body.</summary>
    public static (MimeHeaders Headers, ReadOnlyMemory<byte> Body) Read(ReadOnlyMemory<byte> message)
    {
        var fields = new List<StringBuilder>();
        while (message.Length > 0)
        {
            var (line, rest) = TakeLine(message);
            message = rest;
            if (line.Length == 0)
                break;
            var text = Text(line.Span);
            if (text[0] is ' ' or '\t' && fields.Count > 0)
                fields[^1].Append(text);
            else if (fields.Count < MostHeaders)
                fields.Add(new StringBuilder(text));
        }
        return (new MimeHeaders([.. fields.Select(field => Split(field.ToString())).OfType<MimeHeader>()]), message);
    }

    public static (ReadOnlyMemory<byte> Line, ReadOnlyMemory<byte> After) TakeLine(ReadOnlyMemory<byte> text)
    {
        var end = text.Span.IndexOf((byte)'\n');
        if (end < 0)
            return (text, default);
        var length = end > 0 && text.Span[end - 1] == (byte)'\r' ? end - 1 : end;
        return (text[..length], text[(end + 1)..]);
    }

    private static MimeHeader? Split(string field)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        return colon < 1 ? null : new MimeHeader(field[..colon].Trim(), EncodedWords.Decode(field[(colon + 1)..].Trim()));
    }

    /// <summary>Headers are ASCII, or UTF-8 (RFC 6532); anything else is shown byte by byte.</summary>
    private static string Text(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
}
