namespace Cake.Frosting;

/// <summary>The program or its command line is at fault: a dependency that is no task, a working directory that does not exist.</summary>
public sealed class FrostingException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">The sentence shown to the reader of the log.</param>
    public FrostingException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and what caused it.</summary>
    /// <param name="message">The sentence shown to the reader of the log.</param>
    /// <param name="innerException">The cause.</param>
    public FrostingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
