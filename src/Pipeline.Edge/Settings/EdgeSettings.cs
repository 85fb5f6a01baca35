using System.Net;

namespace Pipeline.Edge.Settings;

/// <summary>Limits and time-outs of an edge. Meaning, default and bounds of each stand in <see cref="SettingDefinitions"/>.</summary>
internal sealed record EdgeSettings
{
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    public long? MaxBodyBytes { get; init; }

    public int MaxConnections { get; init; } = 10_000;

    public int MaxHeld { get; init; } = 10_000;

    public double MinBodyRate { get; init; } = 240;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(130);

    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromSeconds(100);

    public TimeSpan TunnelTimeout { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan BackendIdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan RetireIdle { get; init; } = TimeSpan.FromSeconds(5);

    public string ProbePath { get; init; } = "/ready";

    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    public int HealthyThreshold { get; init; } = 1;

    public int UnhealthyThreshold { get; init; } = 3;

    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    public Version BackendVersion { get; init; } = HttpVersion.Version11;
}
