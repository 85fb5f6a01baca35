namespace Pipeline.Configuration.EnvFiles;

/// <summary>A <c>.env</c> file has faults. No message holds any part of a value, since values are secrets as often as not.</summary>
public sealed class EnvFileException : Exception
{
    /// <summary>Creates the exception of a file that could not be read at all.</summary>
    /// <param name="message">File, reason and remedy.</param>
    /// <param name="cause">What it came from.</param>
    public EnvFileException(string message, Exception cause)
        : base(message, cause) => Faults = [];

    /// <summary>Creates the exception of a file with faults.</summary>
    /// <param name="name">The file.</param>
    /// <param name="faults">All of them, in the order of their lines.</param>
    public EnvFileException(string name, IReadOnlyList<EnvFileFault> faults)
        : base(string.Join('\n', faults.Select(fault => $"{name}:{fault.Line}: {fault.Message}"))) => Faults = faults;

    /// <summary>The faults, in the order of their lines; empty when the file could not be read at all.</summary>
    public IReadOnlyList<EnvFileFault> Faults { get; }
}

/// <summary>One fault of a <c>.env</c> file.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Message">What is wrong there and what to write instead.</param>
public sealed record EnvFileFault(int Line, string Message);
