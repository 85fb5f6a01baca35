namespace Pipeline.Images.Debian;

/// <summary>One place that packages come from.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Suite">The suite: <c>bookworm</c>, <c>bookworm-security</c>.</param>
/// <param name="Components">The components, separated by spaces: <c>main</c>.</param>
internal sealed record AptSource(string Address, string Suite, string Components)
{
    /// <summary>As a line of sources.list.</summary>
    public string Line => $"deb {Address} {Suite} {Components}";
}
