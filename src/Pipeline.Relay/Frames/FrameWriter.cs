using System.Buffers.Binary;

namespace Pipeline.Relay.Frames;

/// <summary>Writes whole frames, one at a time, whoever sends.</summary>
internal sealed class FrameWriter(Stream output) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly byte[] buffer = new byte[FrameFormat.HeaderBytes + FrameFormat.LargestPayload];

    public async ValueTask GreetAsync(CancellationToken cancellation)
    {
        await output.WriteAsync(FrameFormat.Greeting.ToArray(), cancellation);
        await output.FlushAsync(cancellation);
    }

    /// <exception cref="IOException">The other end is gone.</exception>
    public async ValueTask WriteAsync(uint connection, FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        await turn.WaitAsync();
        try
        {
            FrameFormat.WriteHeader(buffer, connection, kind, payload.Length);
            payload.CopyTo(buffer.AsMemory(FrameFormat.HeaderBytes));
            // A frame that was begun is finished: half of one would be the end of every connection.
            await output.WriteAsync(buffer.AsMemory(0, FrameFormat.HeaderBytes + payload.Length), CancellationToken.None);
            await output.FlushAsync(CancellationToken.None);
        }
        finally
        {
            turn.Release();
        }
    }

    public ValueTask WriteCreditAsync(uint connection, int bytes)
    {
        var payload = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(payload, bytes);
        return WriteAsync(connection, FrameKind.Credit, payload);
    }

    public void Dispose() => turn.Dispose();
}
