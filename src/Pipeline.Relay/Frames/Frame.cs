namespace Pipeline.Relay.Frames;

/// <summary>One message between the two ends of a session.</summary>
/// <param name="Connection">Whose it is; the end that opens connections numbers them.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Payload">Valid until the next frame is read.</param>
internal readonly record struct Frame(uint Connection, FrameKind Kind, ReadOnlyMemory<byte> Payload);
