namespace Pipeline.Configuration.Secrets;

/// <summary>
/// Where a secret comes from, written in the place of its value: <c>env:NAME</c>, <c>file:/run/secrets/name</c> or <c>command:vault kv get -field=key shop</c>.
/// </summary>
public sealed record SecretSource
{
    private SecretSource(SecretSourceKind kind, string text, string argument) => (Kind, Text, Argument) = (kind, text, argument);

    /// <summary>The kind of place.</summary>
    public SecretSourceKind Kind { get; }

    /// <summary>The whole text, as it was written. It names a place and is no secret itself.</summary>
    public string Text { get; }

    /// <summary>What stands behind the kind: a name, a path, a command line.</summary>
    public string Argument { get; }

    /// <summary>The source that a value names; null when the value is the setting itself.</summary>
    public static SecretSource? Find(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return After(value, "env:") is { } variable ? new(SecretSourceKind.Variable, value, variable)
            : After(value, "file:") is { } file ? new(SecretSourceKind.File, value, file)
            : After(value, "command:") is { } command ? new(SecretSourceKind.Command, value, command)
            : null;
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    private static string? After(string value, string prefix) => value.StartsWith(prefix, StringComparison.Ordinal) ? value[prefix.Length..].Trim() : null;
}

/// <summary>The kinds of places that secrets come from.</summary>
public enum SecretSourceKind
{
    /// <summary>An environment variable of this program.</summary>
    Variable,

    /// <summary>A file, without the line end at its end.</summary>
    File,

    /// <summary>What a program writes to its standard output, without the line end at its end. No shell is between.</summary>
    Command,
}
