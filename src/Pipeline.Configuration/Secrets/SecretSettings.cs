using Pipeline.Configuration.Settings;

namespace Pipeline.Configuration.Secrets;

/// <summary>Puts secrets into settings that name where they are kept.</summary>
public static class SecretSettings
{
    /// <summary>
    /// Replaces every value that names a source by what the source gives, and holds all of them against the schema. Only keys that the schema calls secret may
    /// name a source: another's value would be shown.
    /// </summary>
    /// <param name="schema">The keys and their rules.</param>
    /// <param name="settings">The settings as they were written.</param>
    /// <param name="source">Where they come from.</param>
    /// <param name="reader">Who fetches.</param>
    /// <param name="cancellation">Ends the fetching.</param>
    /// <returns>The settings that are valid, with the defaults of those that are not set.</returns>
    /// <remarks>Every secret is masked, wherever it came from; of an address with a password in it the password too.</remarks>
    /// <exception cref="SettingsException">Sources cannot be read, or settings have faults; all of them are in it, and no value.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ResolveAsync(
        SettingsSchema schema, IReadOnlyDictionary<string, string> settings, SettingsSource source, SecretReader reader, CancellationToken cancellation)
    {
        var fetched = new Dictionary<string, string>(settings, StringComparer.Ordinal);
        var faults = new List<SettingFault>();
        foreach (var key in schema.KeysIn(source.Environment).Where(key => settings.ContainsKey(key.Name)))
        {
            try
            {
                fetched[key.Name] = await ReadAsync(key, settings[key.Name], reader, cancellation);
            }
            catch (SecretSourceException fault)
            {
                faults.Add(new(key.Name, SettingFaultKind.Unreadable, $"{source.Environment}: key {key.Name}: {fault.Message}"));
            }
        }
        if (faults.Count == 0)
            return schema.Resolve(fetched, source);
        var unread = faults.Select(fault => fault.Key).ToHashSet(StringComparer.Ordinal);
        throw new SettingsException([.. faults, .. schema.Validate(fetched, source).Where(fault => !unread.Contains(fault.Key))]);
    }

    private static async Task<string> ReadAsync(SettingKey key, string value, SecretReader reader, CancellationToken cancellation)
    {
        if (!key.IsSecret)
            return SecretSource.Find(value) is null
                ? value
                : throw new SecretSourceException($"names a source ({value}), and the schema does not call it secret; write \"secret\": true there, or its value here");
        var secret = await reader.ReadAsync(value, cancellation);
        reader.Mask(secret);
        return secret;
    }
}
