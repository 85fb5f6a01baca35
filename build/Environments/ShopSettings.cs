using Pipeline.Applications.Settings;
using Pipeline.Applications.Stages;
using Pipeline.Configuration.Secrets;
using Pipeline.Delivery.Ports;

namespace Build.Environments;

/// <summary>The first values of the Shop's settings: where its parts are, where users reach it, and the secrets that nobody has to know.</summary>
public static class ShopSettings
{
    public static EnvironmentSettings Of(ShopEnvironment environment, StatePaths paths, IStageFoundation foundation, IApplicationFiles files, SecretReader secrets) =>
        new(environment.Name, paths.Settings(environment.Name), async cancellation =>
        {
            var settings = new Dictionary<string, string>(await foundation.ReadSettingsAsync(cancellation))
            {
                ["SHOP_PUBLIC_URL"] = environment.Url.GetLeftPart(UriPartial.Authority),
            };
            foreach (var (key, value) in new EnvironmentSecrets(paths.Secrets(environment.Name), environment.PaymentMode, EnvironmentSettings.Prefix(environment.Name)).ReadOrMake())
                settings[key] = value;
            return settings;
        }, files, secrets);
}
