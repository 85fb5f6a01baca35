using System.Buffers;

namespace Pipeline.Sandbox.Smtp;

/// <summary>
/// Collects the lines after DATA up to the line with a single dot, and takes away the dots that transparency put before others
/// (RFC 5321, section 4.5.2). Only CR LF ends a line, so that nothing in a message can end it early.
/// </summary>
internal sealed class DotUnstuffing(int mostBytes)
{
    private readonly ArrayBufferWriter<byte> message = new();
    private State state = State.LineStart;

    private enum State
    {
        LineStart,
        InLine,
        AfterReturn,
        AfterDot,
        AfterDotReturn,
    }

    /// <summary>Whether more came than may; what is beyond is dropped.</summary>
    public bool IsTooLarge { get; private set; }

    public byte[] Message() => message.WrittenSpan.ToArray();

    /// <summary>Takes bytes up to the end of the message.</summary>
    /// <returns>How many were taken, and whether the end was among them.</returns>
    public (int Taken, bool Ended) Append(ReadOnlySpan<byte> bytes)
    {
        for (var index = 0; index < bytes.Length; index++)
        {
            if (Take(bytes[index]))
                return (index + 1, true);
        }
        return (bytes.Length, false);
    }

    private bool Take(byte next)
    {
        switch (state)
        {
            case State.AfterDotReturn when next == '\n':
                return true;
            case State.AfterDotReturn:
                Keep((byte)'\r');
                state = State.AfterReturn;
                return Take(next);
            case State.LineStart when next == '.':
                state = State.AfterDot;
                return false;
            case State.AfterDot when next == '\r':
                state = State.AfterDotReturn;
                return false;
            case State.AfterReturn when next == '\n':
                Keep(next);
                state = State.LineStart;
                return false;
            default:
                Keep(next);
                state = next == '\r' ? State.AfterReturn : State.InLine;
                return false;
        }
    }

    private void Keep(byte next)
    {
        if (message.WrittenCount == mostBytes)
        {
            IsTooLarge = true;
            return;
        }
        message.GetSpan(1)[0] = next;
        message.Advance(1);
    }
}
