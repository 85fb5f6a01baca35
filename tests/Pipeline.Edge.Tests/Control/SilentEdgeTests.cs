using Pipeline.Delivery;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Edge.Control;

namespace Pipeline.Edge.Tests.Control;

/// <summary>A host that vanishes leaves connections on which nothing ever comes.</summary>
public sealed class SilentEdgeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edge_that_never_answers_ends_the_order_in_time_and_is_named()
    {
        var orders = new EdgeOrders("production", _ => Task.FromResult<Stream?>(new SilentStream()), () => "") { AnswerTimeout = TimeSpan.FromMilliseconds(200) };

        var fault = await Assert.ThrowsAsync<DeliveryException>(() => orders.HoldAsync(TimeSpan.FromSeconds(1), new FencingToken(1), Stop));
        var drain = await Assert.ThrowsAsync<DeliveryException>(() => orders.DrainAsync(Colour.Blue, TimeSpan.FromMilliseconds(300), Stop));

        Assert.Equal("edge of production: no answer to POST /hold within 0.2 s; look whether its host is alive, then run again", fault.Message);
        Assert.True(fault.IsTransient);
        Assert.EndsWith(" within 0.5 s; look whether its host is alive, then run again", drain.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_stops_the_order_is_not_told_that_the_edge_is_silent()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new EdgeOrders("production", _ => Task.FromResult<Stream?>(new SilentStream()), () => "").ObserveAsync(stop.Token));
    }

    /// <summary>Takes what is written and gives nothing back until it is closed, as a socket does.</summary>
    private sealed class SilentStream : Stream
    {
        private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await closed.Task.WaitAsync(cancellationToken);
            throw new IOException("the connection was closed");
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            closed.TrySetResult();
            base.Dispose(disposing);
        }
    }
}
