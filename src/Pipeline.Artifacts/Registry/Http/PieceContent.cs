using System.Net;
using System.Net.Http.Headers;
using Microsoft.Win32.SafeHandles;

namespace Pipeline.Artifacts.Registry.Http;

/// <summary>A piece of a file as the body of a request.</summary>
internal sealed class PieceContent : HttpContent
{
    private const int BufferSize = 256 * 1024;
    private readonly SafeFileHandle file;
    private readonly long offset;
    private readonly long length;
    private readonly Action<long> sent;

    /// <param name="file">The file, which stays open and unchanged.</param>
    /// <param name="offset">Where the piece begins.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="sent">Hears how far into the file it went.</param>
    public PieceContent(SafeFileHandle file, long offset, long length, Action<long> sent)
    {
        this.file = file;
        this.offset = offset;
        this.length = length;
        this.sent = sent;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Headers.ContentLength = length;
    }

    /// <summary>Hears that bytes went out.</summary>
    public Action Moved { get; set; } = () => { };

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        for (var at = offset; at < offset + length;)
        {
            var wanted = (int)Math.Min(buffer.Length, offset + length - at);
            var read = await RandomAccess.ReadAsync(file, buffer.AsMemory(0, wanted), at, cancellationToken);
            if (read == 0)
                throw new EndOfStreamException($"the file ended at byte {at} while it was sent");
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            at += read;
            sent(at);
            Moved();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = this.length;
        return true;
    }
}
