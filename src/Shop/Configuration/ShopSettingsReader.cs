using System.Globalization;
using System.Net;
using Pipeline.Configuration.Settings;
using Pipeline.Configuration.Settings.Values;

namespace Shop.Configuration;

/// <summary>
/// Reads the environment variables, and the files that some of them name, against <c>settings.schema.json</c>, then against the rules that span several keys.
/// </summary>
internal static class ShopSettingsReader
{
    /// <exception cref="InvalidSettingsException">There are faults; all of them are in it.</exception>
    public static ShopSettings Read(string schemaFile, IReadOnlyDictionary<string, string> variables)
    {
        var source = SettingsSource.Process(EnvironmentName(variables));
        var schema = SettingsSchema.Parse(File.ReadAllText(schemaFile), Path.GetFileName(schemaFile));
        var given = schema.ReadFiles(variables, source);
        var unread = given.Faults.Select(fault => fault.Key).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<SettingFault> ofSchema = [.. given.Faults, .. schema.Validate(given.Settings, source).Where(fault => !unread.Contains(fault.Key))];
        var faulty = ofSchema.Select(fault => fault.Key).ToHashSet(StringComparer.Ordinal);
        var wellFormed = Settings(schema, source, given.Settings, faulty);
        List<string> faults =
            [.. ofSchema.Select(fault => fault.Message), .. CrossKeyRules.Faults(source.Environment, wellFormed, faulty)];
        return faults.Count == 0 ? Convert(wellFormed, variables) : throw new InvalidSettingsException(faults);
    }

    private static string EnvironmentName(IReadOnlyDictionary<string, string> variables) =>
        variables.TryGetValue("SHOP_ENVIRONMENT", out var name) && Enum.GetNames<ShopEnvironment>().Contains(name, StringComparer.OrdinalIgnoreCase)
            ? name
            : "shop";

    private static Dictionary<string, string> Settings(
        SettingsSchema schema, SettingsSource source, IReadOnlyDictionary<string, string> variables, HashSet<string> faulty) =>
        schema.KeysIn(source.Environment)
            .Where(key => !faulty.Contains(key.Name))
            .Select(key => (key.Name, Value: variables.GetValueOrDefault(key.Name) ?? key.Default))
            .Where(setting => setting.Value is not null)
            .ToDictionary(setting => setting.Name, setting => setting.Value!, StringComparer.Ordinal);

    private static ShopSettings Convert(Dictionary<string, string> settings, IReadOnlyDictionary<string, string> variables)
    {
        return new ShopSettings
        {
            ConnectionString = PostgresConnection.From(settings["DATABASE_URL"]),
            Listen = new IPEndPoint(IPAddress.Parse(settings["SHOP_LISTEN_HOST"]), Number(settings["PORT"])),
            TrustedProxies = [.. settings["SHOP_TRUSTED_PROXIES"].Split(',').Select(proxy => IPAddress.Parse(proxy.Trim()))],
            Environment = Enum.Parse<ShopEnvironment>(settings["SHOP_ENVIRONMENT"], ignoreCase: true),
            PublicUrl = new Uri(settings["SHOP_PUBLIC_URL"]),
            SmtpHost = settings["SHOP_SMTP_HOST"],
            SmtpPort = Number(settings["SHOP_SMTP_PORT"]),
            MailFrom = settings["SHOP_MAIL_FROM"],
            PaymentUrl = new Uri(settings["SHOP_PAYMENT_URL"]),
            PaymentKey = settings["SHOP_PAYMENT_KEY"],
            SmokePaymentKey = settings.GetValueOrDefault("SHOP_SMOKE_PAYMENT_KEY") ?? settings["SHOP_PAYMENT_KEY"],
            SmokeUser = settings["SHOP_SMOKE_USER"],
            SmokePassword = settings["SHOP_SMOKE_PASSWORD"],
            DrainDelay = SettingDuration.Parse(settings["SHOP_DRAIN_DELAY"]),
            Build = BuildIdentity.From(variables),
        };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
