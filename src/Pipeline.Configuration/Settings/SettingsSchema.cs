using Pipeline.Configuration.Settings.Reading;

namespace Pipeline.Configuration.Settings;

/// <summary>
/// What an application may be told by its environment variables: read from a <c>settings.schema.json</c>, whose format stands in docs/configuration.md.
/// The pipeline holds settings against it before a deploy, the application at its start.
/// </summary>
public sealed class SettingsSchema
{
    private readonly string name;
    private readonly IReadOnlyList<KeyRules> keys;

    private SettingsSchema(string name, string prefix, IReadOnlyList<KeyRules> keys) => (this.name, Prefix, this.keys) = (name, prefix, keys);

    /// <summary>The beginning of the application's own keys: <c>SHOP_</c>; empty when they have none in common.</summary>
    public string Prefix { get; }

    /// <summary>The keys with the rules of one environment, in the order of the file.</summary>
    /// <param name="environment">The environment; null for the rules that hold where none has its own.</param>
    public IReadOnlyList<SettingKey> KeysIn(string? environment) => [.. keys.Select(key => key.In(environment))];

    /// <summary>Reads a schema file.</summary>
    /// <exception cref="SettingsSchemaException">It is missing, unreadable, no JSON, or has faults; all faults are in it.</exception>
    public static SettingsSchema Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SettingsSchemaException($"{path}: the settings schema cannot be read ({unreadable.Message}); put it there", unreadable);
        }
    }

    /// <summary>Reads the text of a schema.</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">What faults call it.</param>
    /// <exception cref="SettingsSchemaException">It is no JSON or has faults; all faults are in it.</exception>
    public static SettingsSchema Parse(string json, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        var (prefix, keys) = SchemaReader.Read(json, name);
        return new SettingsSchema(name, prefix, keys);
    }

    /// <summary>
    /// Reads those settings that were given as files, as engines give secrets: where a variable <c>KEY_FILE</c> names a file, <c>KEY</c> is what it holds,
    /// without the end of its last line. Done by an application before it validates its variables.
    /// </summary>
    /// <param name="variables">The environment variables.</param>
    /// <param name="source">Where they come from, for messages.</param>
    /// <returns>The settings to validate, and what is wrong with the files.</returns>
    public FileSettings ReadFiles(IReadOnlyDictionary<string, string> variables, SettingsSource source)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(source);
        return FileSettings.Read(variables, keys.Select(key => key.Name), source);
    }

    /// <summary>Holds settings against the rules that hold where no environment has its own; only unknown keys with the prefix are faults.</summary>
    /// <returns>All faults, in the order of the schema, unknown keys last; empty when there are none.</returns>
    public IReadOnlyList<SettingFault> Validate(IReadOnlyDictionary<string, string> settings) => new Validation(name, Prefix, keys, null).Check(settings);

    /// <summary>Holds settings against the rules of an environment.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="source">Where they come from.</param>
    /// <returns>All faults, in the order of the schema, unknown keys last; empty when there are none.</returns>
    public IReadOnlyList<SettingFault> Validate(IReadOnlyDictionary<string, string> settings, SettingsSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Validation(name, Prefix, keys, source).Check(settings);
    }

    /// <summary>The settings that are valid, with the defaults of those that are not set. Keys the schema lacks are left out.</summary>
    /// <exception cref="SettingsException">There are faults; all of them are in it.</exception>
    public IReadOnlyDictionary<string, string> Resolve(IReadOnlyDictionary<string, string> settings, SettingsSource source)
    {
        var faults = Validate(settings, source);
        if (faults.Count > 0)
            throw new SettingsException(faults);
        return KeysIn(source.Environment)
            .Select(key => (key.Name, Value: settings.GetValueOrDefault(key.Name) ?? key.Default))
            .Where(setting => setting.Value is not null)
            .ToDictionary(setting => setting.Name, setting => setting.Value!, StringComparer.Ordinal);
    }

    /// <summary>
    /// Writes a <c>.env</c> file with every key, what it is for and what it may be: required keys to be filled in, others commented out.
    /// </summary>
    /// <param name="environment">The environment whose rules to show; null for the rules that hold where none has its own.</param>
    public string RenderExample(string? environment) => ExampleFile.Render(name, environment, KeysIn(environment));
}
