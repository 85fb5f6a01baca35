using Pipeline.Targets;

namespace Build.Delivering;

/// <summary>The parameters that the delivery needs, read once.</summary>
public sealed record ShopParameters(
    string? Engine, int StagingPort, int ProductionPort, TimeSpan Watch, string? Release, string? Reason, string? OnCall, string? Announced)
{
    /// <summary>Whose signatures count: a file of public keys, or the keys themselves; null for those that the machine knows.</summary>
    public string? TrustedKeys { get; init; }

    public static ShopParameters Read(ParameterValues values) => new(
        values.Get(Parameters.Engine), values.Get(Parameters.StagingPort), values.Get(Parameters.ProductionPort), values.Get(Parameters.Watch),
        values.Get(Parameters.Release), values.Get(Parameters.Reason), values.Get(Parameters.OnCall), values.Get(Parameters.Announced))
    {
        TrustedKeys = values.Get(Parameters.TrustedKeys),
    };
}
