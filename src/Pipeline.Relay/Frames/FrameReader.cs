namespace Pipeline.Relay.Frames;

/// <summary>Reads one frame after another.</summary>
internal sealed class FrameReader(Stream input)
{
    private readonly byte[] header = new byte[FrameFormat.HeaderBytes];
    private readonly byte[] payload = new byte[FrameFormat.LargestPayload];

    /// <exception cref="RelayException">Something else than a relay's greeting came; what it was stands in the message.</exception>
    public async Task ReadGreetingAsync(CancellationToken cancellation)
    {
        var greeting = new byte[FrameFormat.Greeting.Length];
        var read = await input.ReadAtLeastAsync(greeting, greeting.Length, throwOnEndOfStream: false, cancellation);
        if (!greeting.AsSpan().SequenceEqual(FrameFormat.Greeting))
            throw new RelayException(read == 0
                ? "relay: it ended before its greeting"
                : $"relay: instead of its greeting came '{System.Text.Encoding.UTF8.GetString(greeting, 0, read).TrimEnd()}'; is the program there a relay of this version?");
    }

    /// <summary>The next frame; null when the other end closed.</summary>
    /// <exception cref="EndOfStreamException">It closed within a frame.</exception>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellation)
    {
        var read = await input.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation);
        if (read == 0)
            return null;
        if (read < header.Length)
            throw new EndOfStreamException("relay: the session ended within a frame");
        var (connection, kind, length) = FrameFormat.ReadHeader(header);
        await input.ReadExactlyAsync(payload.AsMemory(0, length), cancellation);
        return new(connection, kind, payload.AsMemory(0, length));
    }
}
