namespace Pipeline.Artifacts.Budgets;

/// <summary>How large an artifact is, all of it and in parts.</summary>
/// <param name="Image">Bytes of manifest, configuration and layers.</param>
/// <param name="Application">Bytes of the application's own layers.</param>
/// <param name="Files">Bytes of each file of the application, by its path in the image.</param>
/// <param name="HasBase">Whether there are layers below the application's own.</param>
internal sealed record ArtifactSizes(long Image, long Application, IReadOnlyDictionary<string, long> Files, bool HasBase);
