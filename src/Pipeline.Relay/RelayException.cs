namespace Pipeline.Relay;

/// <summary>A connection through a relay could not be made, or the relay itself failed. The message names the target and the reason.</summary>
/// <param name="message">Object, value and remedy.</param>
/// <param name="cause">What lay beneath; null when nothing did.</param>
public sealed class RelayException(string message, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>Whether the relay answered that nobody listens at the target; false when the relay itself, or the way to it, failed.</summary>
    public bool NobodyListens { get; init; }
}
