namespace Pipeline.Edge.Settings;

/// <summary>One setting: its flag and key, what it means and how its text becomes a value.</summary>
/// <param name="Name">The flag without its hyphens, and the key in a settings file.</param>
/// <param name="Value">What kind of value it takes, for the help.</param>
/// <param name="Default">The default as it would be written.</param>
/// <param name="Bounds">What is accepted, for the help and for faults.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Apply">The settings with the value; null when the text is no such value or out of bounds.</param>
internal sealed record SettingDefinition(
    string Name, string Value, string Default, string Bounds, string Meaning, Func<EdgeSettings, string, EdgeSettings?> Apply);
