namespace Pipeline.Relay.Frames;

/// <summary>What a frame says of its connection.</summary>
internal enum FrameKind : byte
{
    /// <summary>Join the connection with the target that the payload names.</summary>
    Open = 1,

    /// <summary>It is joined.</summary>
    Opened = 2,

    /// <summary>It cannot be joined; the payload says why, for people.</summary>
    Refused = 3,

    /// <summary>Bytes.</summary>
    Data = 4,

    /// <summary>No more bytes come from this side; the other may go on.</summary>
    End = 5,

    /// <summary>The connection broke; nothing more comes or is read.</summary>
    Reset = 6,

    /// <summary>So many bytes more may be sent: the payload is a 32-bit number.</summary>
    Credit = 7,
}
