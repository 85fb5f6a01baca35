namespace Pipeline.Artifacts.Sbom.Catalogues;

/// <summary>What one kind of source knows of the parts of an image.</summary>
/// <param name="Components">The parts.</param>
/// <param name="Roots">The references of those that the application itself asks for.</param>
internal sealed record Catalogue(IReadOnlyList<Component> Components, IReadOnlyList<string> Roots)
{
    public static Catalogue Empty { get; } = new([], []);
}
