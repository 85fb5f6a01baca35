using System.Globalization;
using System.Net;

namespace Pipeline.Edge.Settings;

/// <summary>The settings of an edge: this one table yields the flags, the keys of the settings file, the help and the faults.</summary>
internal static class SettingDefinitions
{
    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        Size("max-header-size", "32k", 1024, 1024 * 1024, "all headers of one request together", (s, v) => s with { MaxHeaderBytes = (int)v }),
        new("max-body-size", "SIZE", "unlimited", "a size, or unlimited", "the body of one request; it is streamed, never kept",
            (s, text) => text == "unlimited" ? s with { MaxBodyBytes = null } : Quantities.Size(text) is { } v ? s with { MaxBodyBytes = v } : null),
        Count("max-connections", "10000", 1, 1_000_000, "connections open at once; more wait in the listen queue", (s, v) => s with { MaxConnections = v }),
        Count("max-held", "10000", 0, 1_000_000, "requests that a hold keeps waiting; more are answered 503", (s, v) => s with { MaxHeld = v }),
        Count("min-body-rate", "240", 0, 1_000_000, "bytes a second that a sending or reading client must keep up, after 5 s; 0 for none", (s, v) => s with { MinBodyRate = v }),
        Time("connect-timeout", "2s", 0.01, 60, "for the connection to an instance", (s, v) => s with { ConnectTimeout = v }),
        Time("header-timeout", "30s", 0.1, 600, "from a request's first byte to the end of its headers", (s, v) => s with { HeaderTimeout = v }),
        Time("keep-alive-timeout", "130s", 1, 3600, "an idle connection of a client", (s, v) => s with { KeepAliveTimeout = v }),
        Time("activity-timeout", "100s", 0.1, 86_400, "a request during which no byte moves", (s, v) => s with { ActivityTimeout = v }),
        Time("tunnel-timeout", "1h", 1, 604_800, "the same for WebSockets and server-sent events", (s, v) => s with { TunnelTimeout = v }),
        Time("backend-idle-timeout", "60s", 0.1, 3600, "an idle connection to an instance; keep it below the instance's own limit", (s, v) => s with { BackendIdleTimeout = v }),
        Time("drain-timeout", "30s", 0, 3600, "for requests in flight when the worker is asked to stop", (s, v) => s with { DrainTimeout = v }),
        Time("retire-idle", "5s", 0, 600, "how long a stopping worker waits for the next request of an idle connection before it closes it", (s, v) => s with { RetireIdle = v }),
        new("probe-path", "PATH", "/ready", "a path that starts with /", "what every instance is asked for, forever",
            (s, text) => text.StartsWith('/') && Uri.IsWellFormedUriString(text, UriKind.Relative) ? s with { ProbePath = text } : null),
        Time("probe-interval", "1s", 0.05, 600, "between two probes of an instance, give or take a tenth", (s, v) => s with { ProbeInterval = v }),
        Time("probe-timeout", "2s", 0.05, 60, "for the answer to a probe", (s, v) => s with { ProbeTimeout = v }),
        Count("healthy-threshold", "1", 1, 100, "good probes in a row that make an instance healthy", (s, v) => s with { HealthyThreshold = v }),
        Count("unhealthy-threshold", "3", 1, 100, "bad probes in a row that make it unhealthy; a refused connection does so at once", (s, v) => s with { UnhealthyThreshold = v }),
        new("trusted-proxies", "LIST", "none", "addresses or networks separated by commas (10.0.0.0/8,::1), or none",
            "whose X-Forwarded-* headers are kept and added to; those of all others are replaced", TrustedProxies),
        new("backend-protocol", "NAME", "http1", "http1 or http2", "what instances speak; gRPC always takes http2", (s, text) => text switch
        {
            "http1" => s with { BackendVersion = HttpVersion.Version11 },
            "http2" => s with { BackendVersion = HttpVersion.Version20 },
            _ => null,
        }),
    ];

    private static SettingDefinition Time(
        string name, string @default, double least, double most, string meaning, Func<EdgeSettings, TimeSpan, EdgeSettings> apply) =>
        new(name, "TIME", @default, string.Create(CultureInfo.InvariantCulture, $"{least}s to {most}s, written as 500ms, 5s, 2m or 1h"), meaning, (settings, text) =>
            Quantities.Duration(text) is { } value && value.TotalSeconds >= least && value.TotalSeconds <= most ? apply(settings, value) : null);

    private static SettingDefinition Size(
        string name, string @default, long least, long most, string meaning, Func<EdgeSettings, long, EdgeSettings> apply) =>
        new(name, "SIZE", @default, $"{least} to {most} bytes, written as 1024, 32k or 1m", meaning, (settings, text) =>
            Quantities.Size(text) is { } value && value >= least && value <= most ? apply(settings, value) : null);

    private static SettingDefinition Count(
        string name, string @default, int least, int most, string meaning, Func<EdgeSettings, int, EdgeSettings> apply) =>
        new(name, "NUMBER", @default, $"{least} to {most}", meaning, (settings, text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? apply(settings, value) : null);

    private static EdgeSettings? TrustedProxies(EdgeSettings settings, string text)
    {
        if (text == "none")
            return settings with { TrustedProxies = [] };
        var networks = new List<IPNetwork>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(part, out var network))
                networks.Add(network);
            else if (IPAddress.TryParse(part, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                return null;
        }
        return settings with { TrustedProxies = networks };
    }
}
