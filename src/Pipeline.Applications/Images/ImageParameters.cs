using Pipeline.Targets;

namespace Pipeline.Applications.Images;

/// <summary>What is said about images, read once.</summary>
public sealed record ImageParameters(string? BaseImage, string Suite, IReadOnlyList<string> Packages)
{
    /// <summary>Reads what was said.</summary>
    public static ImageParameters Read(ParameterValues values) => new(
        values.Get(DeliveryParameters.BaseImage), values.Get(DeliveryParameters.Suite)!,
        (values.Get(DeliveryParameters.Packages) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
