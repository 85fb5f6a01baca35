using System.Net.Http.Headers;

namespace Pipeline.Sandbox.Mail.Mime;

/// <summary>What a person wants to see of a message (RFC 2045, RFC 2046).</summary>
internal sealed class MailContent
{
    private const int Deepest = 10;
    private const int MostParts = 200;
    private readonly List<Attachment> attachments = [];
    private int parts;

    private MailContent(IReadOnlyList<MimeHeader> headers) => Headers = headers;

    public IReadOnlyList<MimeHeader> Headers { get; }

    /// <summary>The first plain text; null when there is none.</summary>
    public string? Text { get; private set; }

    /// <summary>The first HTML text; null when there is none.</summary>
    public string? Html { get; private set; }

    public IReadOnlyList<Attachment> Attachments => attachments;

    public static MailContent Read(ReadOnlyMemory<byte> message)
    {
        var (headers, body) = MimeHeaders.Read(message);
        var content = new MailContent(headers.All);
        content.ReadPart(headers, body, depth: 0);
        return content;
    }

    private void ReadPart(MimeHeaders headers, ReadOnlyMemory<byte> body, int depth)
    {
        if (++parts > MostParts || depth > Deepest)
            return;
        var type = MediaTypeHeaderValue.TryParse(headers.Value("Content-Type"), out var parsed) ? parsed : new MediaTypeHeaderValue("text/plain");
        var boundary = Parameter(type, "boundary");
        if (type.MediaType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && boundary is not null)
        {
            foreach (var part in MultipartBody.Split(body, boundary))
            {
                var (inner, innerBody) = MimeHeaders.Read(part);
                ReadPart(inner, innerBody, depth + 1);
            }
            return;
        }
        var disposition = ContentDispositionHeaderValue.TryParse(headers.Value("Content-Disposition"), out var how) ? how : null;
        var bytes = TransferEncoding.Decode(headers.Value("Content-Transfer-Encoding"), body);
        if (disposition?.DispositionType.Equals("attachment", StringComparison.OrdinalIgnoreCase) == true || !Show(type, bytes))
            attachments.Add(new Attachment(NameOf(disposition, type), type.MediaType, bytes.Length));
    }

    private static string NameOf(ContentDispositionHeaderValue? disposition, MediaTypeHeaderValue type) =>
        (disposition?.FileNameStar ?? disposition?.FileName)?.Trim('"') ?? Parameter(type, "name") ?? "";

    private static string? Parameter(MediaTypeHeaderValue type, string name) =>
        type.Parameters.FirstOrDefault(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"');

    /// <summary>Whether the part is text that is shown itself.</summary>
    private bool Show(MediaTypeHeaderValue type, byte[] bytes)
    {
        if (type.MediaType!.Equals("text/plain", StringComparison.OrdinalIgnoreCase) && Text is null)
            Text = Decode(type, bytes);
        else if (type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && Html is null)
            Html = Decode(type, bytes);
        else
            return false;
        return true;
    }

    private static string Decode(MediaTypeHeaderValue type, byte[] bytes) =>
        Charset.Of(type.CharSet).GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal);
}

/// <summary>A part that is not shown as the text of the mail.</summary>
internal sealed record Attachment(string Name, string Type, int Size);
