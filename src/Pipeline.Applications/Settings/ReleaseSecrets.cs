using Pipeline.Configuration.Settings;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Secrets;

namespace Pipeline.Applications.Settings;

/// <summary>Which settings are secret, as the schema says that the release itself carries.</summary>
public sealed class ReleaseSecrets(string environment, IApplicationFiles files) : ISecretKeys
{
    /// <inheritdoc />
    public async Task<IReadOnlySet<string>> ReadAsync(Digest release, CancellationToken cancellation)
    {
        var application = await files.UnpackAsync(release, cancellation);
        try
        {
            var schema = SettingsSchema.Load(Path.Combine(application.WorkingDirectory, EnvironmentSettings.SchemaFile));
            return schema.KeysIn(environment).Where(key => key.IsSecret).Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        }
        catch (SettingsSchemaException fault)
        {
            throw new DeliveryException(fault.Message, fault);
        }
    }
}
