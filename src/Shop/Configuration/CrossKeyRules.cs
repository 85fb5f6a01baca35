using System.Net;
using Pipeline.Configuration.Settings.Values;

namespace Shop.Configuration;

/// <summary>What the schema cannot say: rules that join keys, and what only the application understands of a value.</summary>
internal static class CrossKeyRules
{
    private const string Production = "production";
    private const string LiveKey = "live_";
    private const string LiveMode = "live";

    /// <param name="environment">The environment, as messages name it.</param>
    /// <param name="settings">The values that are well-formed.</param>
    /// <param name="faulty">The keys that have a fault already.</param>
    public static IEnumerable<string> Faults(
        string environment, IReadOnlyDictionary<string, string> settings, IReadOnlySet<string> faulty)
    {
        if (!settings.ContainsKey("PORT") && !faulty.Contains("PORT"))
            yield return $"{environment}: key PORT is missing; set the environment variable PORT";
        if (settings.TryGetValue("SHOP_LISTEN_HOST", out var host) && !IPAddress.TryParse(host, out _))
            yield return $"{environment}: key SHOP_LISTEN_HOST is '{host}', which is no IP address; "
                + "correct the environment variable SHOP_LISTEN_HOST, 127.0.0.1 for instance";
        if (settings.TryGetValue("SHOP_TRUSTED_PROXIES", out var proxies) && Array.Find(proxies.Split(','), proxy => !IPAddress.TryParse(proxy.Trim(), out _)) is { } wrong)
            yield return $"{environment}: key SHOP_TRUSTED_PROXIES holds '{wrong}', which is no IP address; "
                + "correct the environment variable SHOP_TRUSTED_PROXIES, 10.87.0.254 or 10.87.0.254,10.0.0.5 for instance";
        if (settings.TryGetValue("DATABASE_URL", out var text) && PostgresUrl.TryParse(text, out var database))
        {
            foreach (var fault in PostgresConnection.Faults(database))
                yield return $"{environment}: key DATABASE_URL {fault}";
        }
        foreach (var fault in PaymentFaults(environment, settings))
            yield return fault;
    }

    private static IEnumerable<string> PaymentFaults(string environment, IReadOnlyDictionary<string, string> settings)
    {
        if (!settings.TryGetValue("SHOP_PAYMENT_KEY", out var key) || !settings.ContainsKey("SHOP_ENVIRONMENT"))
            yield break;
        var isLiveKey = key.StartsWith(LiveKey, StringComparison.Ordinal);
        var mode = settings.GetValueOrDefault("SHOP_PAYMENT_MODE") ?? (environment == Production ? LiveMode : "test");
        if (environment != Production && mode == LiveMode)
            yield return $"{environment}: key SHOP_PAYMENT_MODE is 'live', which only production may be; "
                + "unset the environment variable SHOP_PAYMENT_MODE";
        else if (environment == Production && mode == LiveMode && !isLiveKey)
            yield return $"{environment}: key SHOP_PAYMENT_KEY is a test key, with which nobody pays; "
                + "give the live key (live_…), or set SHOP_PAYMENT_MODE=test if that is meant";
        else if (environment == Production && mode != LiveMode && isLiveKey)
            yield return $"{environment}: key SHOP_PAYMENT_KEY is a live key, but SHOP_PAYMENT_MODE is 'test'; "
                + "give the test key (test_…), or unset SHOP_PAYMENT_MODE";
    }
}
