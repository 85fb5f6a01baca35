namespace Pipeline.Verification.Load.Sending;

/// <summary>
/// A connection that notices when it ends while a request waits for the first byte of its answer. The client may send such a request again by itself, unseen by
/// whoever counts answers. Tells nothing of HTTP/2, where many requests share a connection.
/// </summary>
internal sealed class WatchedStream(Stream inner, Action cutOff) : Stream
{
    private volatile bool waiting;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = 0;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException)
        {
            Ended();
            throw;
        }
        if (read > 0)
            waiting = false;
        else if (buffer.Length > 0)
            Ended();
        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        waiting = true;
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException)
        {
            Ended();
            throw;
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("a load reads asynchronously");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("a load writes asynchronously");

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private void Ended()
    {
        if (!waiting)
            return;
        waiting = false;
        cutOff();
    }
}
