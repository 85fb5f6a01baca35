using Pipeline.Targets;

namespace Build.Delivering;

/// <summary>The parameters that the delivery needs, read once.</summary>
public sealed record ShopParameters(
    string? Engine, int StagingPort, int ProductionPort, TimeSpan Watch, string? Release, string? Reason, string? OnCall, string? Announced)
{
    /// <summary>Whose signatures count: a file of public keys, or the keys themselves; null for those that the machine knows.</summary>
    public string? TrustedKeys { get; init; }

    public static ShopParameters Read(ParameterValues values) => new(
        values.Get(Parameters.Engine), values.Get(DeliveryParameters.StagingPort), values.Get(DeliveryParameters.ProductionPort), values.Get(DeliveryParameters.Watch),
        values.Get(DeliveryParameters.Release), values.Get(DeliveryParameters.Reason), values.Get(DeliveryParameters.OnCall), values.Get(DeliveryParameters.Announced))
    {
        TrustedKeys = values.Get(DeliveryParameters.TrustedKeys),
    };
}
