using System.Globalization;
using Pipeline.Delivery;

namespace Pipeline.Edge.Control;

/// <summary>Limits and time-outs of an edge. Every default is the edge program's own; its help (<c>edge help</c>) lists them all with their bounds.</summary>
public sealed record EdgeSettings
{
    /// <summary>The path that every instance is asked for, forever; default <c>/ready</c>. Starts with a slash.</summary>
    public string ProbePath { get; init; } = "/ready";

    /// <summary>Between two probes of an instance; default 1 second, 0.05 to 600 seconds.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For the answer to a probe; default 2 seconds, 0.05 to 60 seconds.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bad probes in a row that take an instance out of the traffic; default 3, 1 to 100. A refused connection does so at once.</summary>
    public int UnhealthyThreshold { get; init; } = 3;

    /// <summary>For the connection to an instance; default 2 seconds, 0.01 to 60 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A request during which no byte moves; default 100 seconds, 0.1 seconds to a day.</summary>
    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>For requests in flight when the edge's worker is replaced or stopped; default 30 seconds, at most an hour.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest body of a request in bytes; null, the default, for none.</summary>
    public long? MaxBodyBytes { get; init; }

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-*</c> headers are believed; none by default.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Any other settings of the edge program by the name of their flag without hyphens in front: <c>max-connections</c>.</summary>
    public IReadOnlyDictionary<string, string> Others { get; init; } = new Dictionary<string, string>();

    /// <summary>The flags of <c>edge run</c> that say the same; a setting at its default is left out.</summary>
    /// <exception cref="DeliveryException">A setting among <see cref="Others"/> has a property of its own.</exception>
    public IReadOnlyList<string> Flags()
    {
        var defaults = new EdgeSettings();
        var flags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add("probe-path", ProbePath, defaults.ProbePath);
        Add("probe-interval", Text(ProbeInterval), Text(defaults.ProbeInterval));
        Add("probe-timeout", Text(ProbeTimeout), Text(defaults.ProbeTimeout));
        Add("unhealthy-threshold", Text(UnhealthyThreshold), Text(defaults.UnhealthyThreshold));
        Add("connect-timeout", Text(ConnectTimeout), Text(defaults.ConnectTimeout));
        Add("activity-timeout", Text(ActivityTimeout), Text(defaults.ActivityTimeout));
        Add("drain-timeout", Text(DrainTimeout), Text(defaults.DrainTimeout));
        Add("max-body-size", MaxBodyBytes is { } bytes ? Text(bytes) : "unlimited", "unlimited");
        Add("trusted-proxies", TrustedProxies.Count == 0 ? "none" : string.Join(',', TrustedProxies), "none");
        foreach (var (name, value) in Others)
        {
            if (!flags.TryAdd(name, value))
                throw new DeliveryException($"edge settings: {name} is given twice, as a property and as '{value}' among the others; leave one out");
        }
        return [.. flags.SelectMany(flag => new[] { $"--{flag.Key}", flag.Value })];

        void Add(string name, string value, string @default)
        {
            if (value != @default)
                flags.Add(name, value);
        }
    }

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds}ms");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
