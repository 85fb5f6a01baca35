using Build.Environments.Stages;
using Pipeline.Configuration.EnvFiles;
using Pipeline.Configuration.Secrets;
using Pipeline.Configuration.Settings;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Build.Environments;

/// <summary>
/// The settings that the Shop's instances get. What the environment stands on gives the first values, its secrets the next, its <c>.env</c> file and
/// then <c>STAGING_KEY</c> or <c>PRODUCTION_KEY</c> in this program's environment the last word. The release brings the schema they have to fit. A secret may
/// name where it is kept (<c>file:</c>, <c>command:</c>, <c>env:</c>) instead of standing there.
/// </summary>
public sealed class ShopSettings(
    ShopEnvironment environment, StatePaths paths, IShopFoundation foundation, IApplicationFiles files, SecretReader secrets) : IInstanceSettings
{
    /// <summary>The schema, in the working directory of an artifact.</summary>
    public const string SchemaFile = "settings.schema.json";

    /// <summary>The prefix of this environment's keys in the build program's own environment.</summary>
    public static string Prefix(string environment) => $"{environment.ToUpperInvariant()}_";

    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(Release release, CancellationToken cancellation)
    {
        var application = await files.UnpackAsync(release.Digest, cancellation);
        try
        {
            var settings = new Dictionary<string, string>(await foundation.ReadSettingsAsync(cancellation))
            {
                ["SHOP_PUBLIC_URL"] = environment.Url.GetLeftPart(UriPartial.Authority),
            };
            Merge(settings, new EnvironmentSecrets(paths.Secrets(environment.Name), environment.PaymentMode).ReadOrMake());
            Merge(settings, EnvFile.Load(paths.Settings(environment.Name)));
            Merge(settings, FromProcess());
            var schema = SettingsSchema.Load(Path.Combine(application.WorkingDirectory, SchemaFile));
            var source = SettingsSource.File(environment.Name, Path.GetFileName(paths.Settings(environment.Name)));
            return await SecretSettings.ResolveAsync(schema, settings, source, secrets, cancellation);
        }
        catch (Exception fault) when (fault is SettingsException or SettingsSchemaException or EnvFileException)
        {
            throw new DeliveryException(fault.Message, fault);
        }
    }

    private Dictionary<string, string> FromProcess()
    {
        var prefix = Prefix(environment.Name);
        return System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value ?? ""))
            .Where(variable => variable.Name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(variable => variable.Name[prefix.Length..], variable => variable.Value);
    }

    private static void Merge(Dictionary<string, string> settings, IReadOnlyDictionary<string, string> more)
    {
        foreach (var (key, value) in more)
            settings[key] = value;
    }
}
