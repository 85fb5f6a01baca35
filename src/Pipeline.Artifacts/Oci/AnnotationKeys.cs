namespace Pipeline.Artifacts.Oci;

/// <summary>The predefined annotation keys: https://github.com/opencontainers/image-spec/blob/v1.1.0/annotations.md, and this project's own.</summary>
internal static class AnnotationKeys
{
    public const string Version = "org.opencontainers.image.version";
    public const string Revision = "org.opencontainers.image.revision";
    public const string Source = "org.opencontainers.image.source";
    public const string Title = "org.opencontainers.image.title";
    public const string Created = "org.opencontainers.image.created";
    public const string ReferenceName = "org.opencontainers.image.ref.name";
    public const string Migrations = "pipeline.migrations";

    /// <summary>In the index: the manifest that an attachment belongs to, so that one whose manifest was damaged can still be named.</summary>
    public const string Subject = "pipeline.subject";

    /// <summary>The key that signed an attachment.</summary>
    public const string Key = "pipeline.key";
}
