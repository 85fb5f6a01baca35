namespace Pipeline.Verification.Checks;

/// <summary>An expectation of a check does not hold. Checks may throw it themselves for what only they can see.</summary>
/// <param name="message">What was asked, what was expected and what came instead.</param>
/// <param name="cause">What it came from.</param>
public sealed class CheckFailedException(string message, Exception? cause = null) : Exception(message, cause);
