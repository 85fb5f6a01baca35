using Pipeline.Configuration.EnvFiles;
using Pipeline.Configuration.Secrets;
using Pipeline.Configuration.Settings;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Applications.Settings;

/// <summary>
/// The settings that an application's instances get in one environment. What the environment stands on gives the first values, its <c>.env</c> file and
/// then <c>STAGING_KEY</c> or <c>PRODUCTION_KEY</c> in this program's environment the last word. The release brings the schema they have to fit. A secret may
/// name where it is kept (<c>file:</c>, <c>command:</c>, <c>env:</c>) instead of standing there.
/// </summary>
/// <param name="environment">The environment.</param>
/// <param name="file">Its <c>.env</c> file.</param>
/// <param name="given">The first values: where its database and other parts are.</param>
/// <param name="files">The applications of releases, each with its schema.</param>
/// <param name="secrets">Fetches secrets from where they are kept.</param>
public sealed class EnvironmentSettings(
    string environment, string file, Func<CancellationToken, Task<IReadOnlyDictionary<string, string>>> given, IApplicationFiles files, SecretReader secrets) : IInstanceSettings
{
    /// <summary>The schema, in the working directory of an artifact.</summary>
    public const string SchemaFile = "settings.schema.json";

    /// <summary>The prefix of an environment's keys in the build program's own environment: <c>STAGING_</c>.</summary>
    public static string Prefix(string environment) => $"{environment.ToUpperInvariant()}_";

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(Release release, CancellationToken cancellation)
    {
        var application = await files.UnpackAsync(release.Digest, cancellation);
        try
        {
            var settings = new Dictionary<string, string>(await given(cancellation));
            Merge(settings, EnvFile.Load(file));
            Merge(settings, FromProcess());
            var schema = SettingsSchema.Load(Path.Combine(application.WorkingDirectory, SchemaFile));
            return await SecretSettings.ResolveAsync(schema, settings, SettingsSource.File(environment, Path.GetFileName(file)), secrets, cancellation);
        }
        catch (Exception fault) when (fault is SettingsException or SettingsSchemaException or EnvFileException)
        {
            throw new DeliveryException(fault.Message, fault);
        }
    }

    private Dictionary<string, string> FromProcess()
    {
        var prefix = Prefix(environment);
        return Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value ?? ""))
            // CI systems hand over as empty what nobody has set.
            .Where(variable => variable.Name.StartsWith(prefix, StringComparison.Ordinal) && variable.Value.Length > 0)
            .ToDictionary(variable => variable.Name[prefix.Length..], variable => variable.Value);
    }

    private static void Merge(Dictionary<string, string> settings, IReadOnlyDictionary<string, string> more)
    {
        foreach (var (key, value) in more)
            settings[key] = value;
    }
}
