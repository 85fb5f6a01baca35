using System.IO.Pipelines;
using Pipeline.Relay.Frames;

namespace Pipeline.Relay;

/// <summary>
/// One connection of a session, as a stream in both directions. Disposing it before the other end has ended breaks it there too. It has no synchronous side.
/// </summary>
public sealed class RelayStream : Stream
{
    /// <summary>Bytes that may be on their way to this end without being read.</summary>
    internal const int Window = 256 * 1024;

    private readonly uint number;
    private readonly FrameWriter writer;
    private readonly Action<uint> forget;
    private readonly Pipe arrived = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly SendCredit credit = new(Window);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock ending = new();
    private int unacknowledged;
    private bool ownEnd;
    private bool theirEnd;
    private bool broken;

    internal RelayStream(uint number, FrameWriter writer, Action<uint> forget)
    {
        this.number = number;
        this.writer = writer;
        this.forget = forget;
    }

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    internal uint Number => number;

    internal Task Opened => opened.Task;

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        var result = await arrived.Reader.ReadAsync(cancellationToken);
        var length = (int)Math.Min(buffer.Length, result.Buffer.Length);
        var taken = result.Buffer.Slice(0, length);
        var target = buffer;
        foreach (var part in taken)
        {
            part.CopyTo(target);
            target = target[part.Length..];
        }
        arrived.Reader.AdvanceTo(taken.End);
        if (length > 0)
            await AcknowledgeAsync(length);
        return length;
    }

    /// <inheritdoc />
    /// <exception cref="RelayException">The connection broke.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var length = await credit.TakeAsync(Math.Min(buffer.Length, FrameFormat.LargestPayload), cancellationToken);
            await writer.WriteAsync(number, FrameKind.Data, buffer[..length]);
            buffer = buffer[length..];
        }
    }

    /// <summary>Says that no more bytes come from this end, as TCP's half-close does.</summary>
    public async Task EndWritingAsync()
    {
        if (End(own: true))
            await writer.WriteAsync(number, FrameKind.End, default);
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("a connection through a relay is read asynchronously");

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("a connection through a relay is written asynchronously");

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    internal void Open() => opened.TrySetResult();

    internal async ValueTask ReceiveAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await arrived.Writer.WriteAsync(bytes);
        }
        catch (InvalidOperationException)
        {
            // Closed here while these bytes were on their way.
        }
    }

    internal void Credit(int bytes) => credit.Give(bytes);

    internal void TheirEnd()
    {
        arrived.Writer.Complete();
        End(own: false);
    }

    /// <summary>The other end broke it, or the session is over.</summary>
    internal void Break(Exception reason)
    {
        lock (ending)
            broken = true;
        forget(number);
        opened.TrySetException(reason);
        // One whose opening nobody waits for any more.
        _ = opened.Task.Exception;
        credit.Break(reason);
        arrived.Writer.Complete(reason);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _ = CloseAsync();
        base.Dispose(disposing);
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await base.DisposeAsync();
    }

    private async Task CloseAsync()
    {
        lock (ending)
        {
            if (broken || (ownEnd && theirEnd))
                return;
        }
        Break(new RelayException("relay: the connection was closed here"));
        try
        {
            await writer.WriteAsync(number, FrameKind.Reset, default);
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            // The session is over, and the connection with it.
        }
    }

    private async ValueTask AcknowledgeAsync(int bytes)
    {
        // Half a window at a time: a frame for every read would double their number.
        if ((unacknowledged += bytes) < Window / 2)
            return;
        bytes = unacknowledged;
        unacknowledged = 0;
        try
        {
            await writer.WriteCreditAsync(number, bytes);
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            // What was read is good; the next read or write says that the session is over.
        }
    }

    private bool End(bool own)
    {
        lock (ending)
        {
            if (broken || (own ? ownEnd : theirEnd))
                return false;
            ownEnd |= own;
            theirEnd |= !own;
            if (ownEnd && theirEnd)
                forget(number);
            return true;
        }
    }
}
