using System.Text;

namespace Pipeline.Sandbox.Mail.Mime;

/// <summary>Takes a multipart body apart (RFC 2046, section 5.1.1).</summary>
internal static class MultipartBody
{
    public static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body, string boundary)
    {
        var delimiter = Encoding.UTF8.GetBytes($"--{boundary}");
        var rest = body;
        var position = 0;
        int? start = null;
        while (rest.Length > 0)
        {
            var (line, after) = MimeHeaders.TakeLine(rest);
            var next = position + (rest.Length - after.Length);
            if (line.Span.StartsWith(delimiter))
            {
                if (start is { } begin)
                    yield return WithoutLineEnd(body[begin..position]);
                if (line.Span[delimiter.Length..].StartsWith("--"u8))
                    yield break;
                start = next;
            }
            (rest, position) = (after, next);
        }
        if (start is { } unclosed)
            yield return body[unclosed..];
    }

    /// <summary>The line end before a delimiter belongs to the delimiter.</summary>
    private static ReadOnlyMemory<byte> WithoutLineEnd(ReadOnlyMemory<byte> part)
    {
        if (part.Span.EndsWith("\r\n"u8))
            return part[..^2];
        return part.Span.EndsWith("\n"u8) ? part[..^1] : part;
    }
}
