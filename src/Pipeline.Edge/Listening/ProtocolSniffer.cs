using System.Buffers;
using System.IO.Pipelines;

namespace Pipeline.Edge.Listening;

/// <summary>Tells HTTP/2 with prior knowledge from HTTP/1.1 by its first bytes (RFC 9113, 3.4), and consumes none of them.</summary>
internal static class ProtocolSniffer
{
    // No HTTP/1.1 method begins so: the rest of the preface need not be waited for.
    private static ReadOnlySpan<byte> Preface => "PRI "u8;

    /// <summary>True for HTTP/2, false for HTTP/1.1, null when the client closed before it said anything.</summary>
    public static async Task<bool?> IsHttp2Async(PipeReader input, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            var verdict = Judge(read.Buffer);
            input.AdvanceTo(read.Buffer.Start, verdict is null ? read.Buffer.End : read.Buffer.Start);
            if (verdict is not null)
                return verdict;
            if (read.IsCompleted || read.IsCanceled)
                return read.Buffer.IsEmpty ? null : false;
        }
    }

    private static bool? Judge(ReadOnlySequence<byte> received)
    {
        Span<byte> start = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(received.Length, start.Length);
        received.Slice(0, length).CopyTo(start);
        if (!Preface.StartsWith(start[..length]))
            return false;
        return length == Preface.Length ? true : null;
    }
}
