using System.Text.Json.Serialization;

namespace Pipeline.Delivery.Environments;

/// <summary>How an environment is, as observed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EnvironmentState>))]
public enum EnvironmentState
{
    /// <summary>Nothing was ever deployed here.</summary>
    [JsonStringEnumMemberName("absent")] Absent,

    /// <summary>A release should serve, and nobody answers.</summary>
    [JsonStringEnumMemberName("down")] Down,

    /// <summary>It serves, but not all is as it should be.</summary>
    [JsonStringEnumMemberName("degraded")] Degraded,

    /// <summary>The release that the ledger names serves on all its instances.</summary>
    [JsonStringEnumMemberName("healthy")] Healthy,
}
