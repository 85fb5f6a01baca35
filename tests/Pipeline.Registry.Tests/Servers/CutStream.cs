namespace Pipeline.Registry.Tests.Servers;

/// <summary>Lets some bytes through and then has something happen, once.</summary>
internal sealed class CutStream(Stream inner, int bytes, Func<Task> happen) : Stream
{
    private int left = bytes;
    private bool happened;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (happened)
            return;
        var part = buffer[..Math.Min(left, buffer.Length)];
        await inner.WriteAsync(part, cancellationToken);
        await inner.FlushAsync(cancellationToken);
        left -= part.Length;
        if (left > 0)
            return;
        happened = true;
        await happen();
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
