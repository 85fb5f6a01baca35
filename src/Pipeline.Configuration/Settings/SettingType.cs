namespace Pipeline.Configuration.Settings;

/// <summary>What a setting's text must be.</summary>
public enum SettingType
{
    /// <summary><c>string</c>: any text. Bounds are its length in characters.</summary>
    Text,

    /// <summary><c>integer</c>: a whole number of 64 bits. Bounds are its value.</summary>
    WholeNumber,

    /// <summary><c>port</c>: 1 to 65535. Bounds are its value.</summary>
    Port,

    /// <summary><c>url</c>: absolute, http or https, with a host.</summary>
    Url,

    /// <summary>
    /// <c>postgres-url</c>: <c>postgres://user:password@host:port/database</c>; always a secret. See <see cref="Values.PostgresUrl"/>.
    /// </summary>
    PostgresUrl,

    /// <summary><c>email</c>: a bare address, <c>orders@example.org</c>.</summary>
    Email,

    /// <summary>
    /// <c>duration</c>: <c>250ms</c>, <c>30s</c>, <c>1h30m</c>. Bounds are durations too. See <see cref="Values.SettingDuration"/>.
    /// </summary>
    Duration,

    /// <summary><c>boolean</c>: <c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary><c>secret</c>: any text, never shown. Bounds are its length in characters.</summary>
    Secret,

    /// <summary><c>enum</c>: one of the values that the schema lists.</summary>
    Choice,
}

/// <summary>The names of the types in a schema file.</summary>
internal static class SettingTypeNames
{
    public static IReadOnlyDictionary<string, SettingType> ByName { get; } = new Dictionary<string, SettingType>(StringComparer.Ordinal)
    {
        ["string"] = SettingType.Text,
        ["integer"] = SettingType.WholeNumber,
        ["port"] = SettingType.Port,
        ["url"] = SettingType.Url,
        ["postgres-url"] = SettingType.PostgresUrl,
        ["email"] = SettingType.Email,
        ["duration"] = SettingType.Duration,
        ["boolean"] = SettingType.Boolean,
        ["secret"] = SettingType.Secret,
        ["enum"] = SettingType.Choice,
    };

    public static string Name(this SettingType type) => ByName.First(pair => pair.Value == type).Key;
}
