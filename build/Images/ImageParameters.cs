using Pipeline.Targets;

namespace Build.Images;

/// <summary>What is said about images, read once.</summary>
public sealed record ImageParameters(string? BaseImage, string Suite, IReadOnlyList<string> Packages)
{
    public static ImageParameters Read(ParameterValues values) => new(
        values.Get(Parameters.BaseImage), values.Get(Parameters.Suite)!,
        (values.Get(Parameters.Packages) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
