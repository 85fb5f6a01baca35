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
        var secret = schema.KeysIn(source.Environment).Where(key => key.IsSecret).Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        var known = schema.KeysIn(source.Environment).Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        var fetched = new Dictionary<string, string>(settings, StringComparer.Ordinal);
        var faults = new List<SettingFault>();
        foreach (var (key, value) in settings.Where(setting => known.Contains(setting.Key) && SecretSource.Find(setting.Value) is not null))
        {
            try
            {
                fetched[key] = secret.Contains(key)
                    ? await reader.ReadAsync(value, cancellation)
                    : throw new SecretSourceException($"names a source ({value}), and the schema does not call it secret; write \"secret\": true there, or its value here");
            }
            catch (SecretSourceException fault)
            {
                faults.Add(new(key, SettingFaultKind.Unreadable, $"{source.Environment}: key {key}: {fault.Message}"));
            }
        }
        foreach (var key in secret.Where(fetched.ContainsKey))
            Mask(fetched[key], reader);
        if (faults.Count == 0)
            return schema.Resolve(fetched, source);
        var unread = faults.Select(fault => fault.Key).ToHashSet(StringComparer.Ordinal);
        throw new SettingsException([.. faults, .. schema.Validate(fetched, source).Where(fault => !unread.Contains(fault.Key))]);
    }

    private static void Mask(string secret, SecretReader reader)
    {
        reader.Mask(secret);
        if (Uri.TryCreate(secret, UriKind.Absolute, out var address) && address.UserInfo.Split(':', 2) is [_, var password])
        {
            reader.Mask(password);
            reader.Mask(Uri.UnescapeDataString(password));
        }
    }
}
