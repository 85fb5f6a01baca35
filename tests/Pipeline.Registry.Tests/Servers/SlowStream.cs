namespace Pipeline.Registry.Tests.Servers;

/// <summary>Passes on what is written, at half a megabyte a second.</summary>
internal sealed class SlowStream(Stream behind) : Stream
{
    private const double BytesPerSecond = 500_000;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await behind.WriteAsync(buffer, cancellationToken);
        await behind.FlushAsync(cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(buffer.Length / BytesPerSecond), cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => behind.FlushAsync(cancellationToken);

    public override void Flush() => behind.Flush();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
