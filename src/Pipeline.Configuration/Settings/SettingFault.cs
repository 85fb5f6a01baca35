namespace Pipeline.Configuration.Settings;

/// <summary>One thing that is wrong with the settings.</summary>
/// <param name="Key">The key.</param>
/// <param name="Kind">What kind of fault.</param>
/// <param name="Message">Environment, key, what is wrong, remedy; without the value where that is a secret.</param>
public sealed record SettingFault(string Key, SettingFaultKind Kind, string Message);

/// <summary>The kinds of faults.</summary>
public enum SettingFaultKind
{
    /// <summary>Required and not set.</summary>
    Missing,

    /// <summary>Set to nothing, or to blanks alone.</summary>
    Empty,

    /// <summary>Not of its type, not one of its values, or not matching its pattern.</summary>
    Malformed,

    /// <summary>Below its least or above its greatest.</summary>
    OutOfBounds,

    /// <summary>Not in the schema.</summary>
    Unknown,

    /// <summary>Given both as it is and as a file.</summary>
    SetTwice,

    /// <summary>Kept elsewhere, from where it cannot be had.</summary>
    Unreadable,
}
