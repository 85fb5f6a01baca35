namespace Pipeline.Supervision;

/// <summary>A process could not be started, replaced or stopped. The message names the process, the value and the remedy.</summary>
/// <param name="message">Object, value and remedy.</param>
/// <param name="cause">What it came from.</param>
public sealed class SupervisionException(string message, Exception? cause = null) : Exception(message, cause);
