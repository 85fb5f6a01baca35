namespace Pipeline.Configuration.Settings;

/// <summary>A schema file has faults itself. The message lists every one with its JSON path, one a line.</summary>
public sealed class SettingsSchemaException : Exception
{
    /// <summary>Creates the exception of a schema that could not be read at all.</summary>
    /// <param name="message">File, reason and remedy.</param>
    /// <param name="cause">What it came from.</param>
    public SettingsSchemaException(string message, Exception cause)
        : base(message, cause) => Faults = [];

    /// <summary>Creates the exception of a schema with faults.</summary>
    /// <param name="name">The file.</param>
    /// <param name="faults">All of them.</param>
    public SettingsSchemaException(string name, IReadOnlyList<SchemaFault> faults)
        : base(string.Join('\n', faults.Select(fault => $"{name}: {fault.Path}: {fault.Message}"))) => Faults = faults;

    /// <summary>The faults; empty when the schema could not be read at all.</summary>
    public IReadOnlyList<SchemaFault> Faults { get; }
}

/// <summary>One fault of a schema file.</summary>
/// <param name="Path">Where, as JSON path: <c>$.keys[3].type</c>.</param>
/// <param name="Message">What is wrong there and what to write instead.</param>
public sealed record SchemaFault(string Path, string Message);
