namespace Pipeline.Configuration.Secrets;

/// <summary>A secret could not be had. The message names the source and the remedy, and holds nothing of what the source gave.</summary>
public sealed class SecretSourceException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Source, reason and remedy.</param>
    /// <param name="cause">What it came from.</param>
    public SecretSourceException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
