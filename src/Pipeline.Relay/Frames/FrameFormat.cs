using System.Buffers.Binary;

namespace Pipeline.Relay.Frames;

/// <summary>
/// The bytes of a frame: connection (4), kind (1), length of the payload (4), payload; numbers with the highest byte first. A session begins with
/// <see cref="Greeting"/> from the end that joins connections, so that the other knows a relay of its own version is there.
/// </summary>
internal static class FrameFormat
{
    public const int HeaderBytes = 9;

    public const int LargestPayload = 32 * 1024;

    public static ReadOnlySpan<byte> Greeting => "pipeline-relay 1\n"u8;

    public static void WriteHeader(Span<byte> header, uint connection, FrameKind kind, int length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(header, connection);
        header[4] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(header[5..], length);
    }

    /// <exception cref="RelayException">The bytes are none of a frame.</exception>
    public static (uint Connection, FrameKind Kind, int Length) ReadHeader(ReadOnlySpan<byte> header)
    {
        var kind = (FrameKind)header[4];
        var length = BinaryPrimitives.ReadInt32BigEndian(header[5..]);
        if (kind is < FrameKind.Open or > FrameKind.Credit || length is < 0 or > LargestPayload)
            throw new RelayException($"relay: a frame of kind {(byte)kind} and {length} bytes came; the other end is no relay of version 1, or something else writes between");
        return (BinaryPrimitives.ReadUInt32BigEndian(header), kind, length);
    }
}
