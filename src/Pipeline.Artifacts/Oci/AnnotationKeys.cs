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

    /// <summary>What it stands upon. Not its name: the same base has another one in each registry and folder, and the image must not.</summary>
    public const string BaseDigest = "org.opencontainers.image.base.digest";
    public const string Migrations = "pipeline.migrations";

    /// <summary>In the index: the manifest that an attachment belongs to, so that one whose manifest was damaged can still be named.</summary>
    public const string Subject = "pipeline.subject";

    /// <summary>The key that signed an attachment.</summary>
    public const string Key = "pipeline.key";

    /// <summary>Its public half. It proves nothing by itself: whoever replaces a statement replaces it too.</summary>
    public const string PublicKey = "pipeline.public-key";

    /// <summary>How many of the top layers are the application's own. Without it all of them are.</summary>
    public const string ApplicationLayers = "pipeline.application-layers";

    /// <summary>The names of the variables that are the application's own, comma-separated. Without it all of them are.</summary>
    public const string ApplicationEnvironment = "pipeline.application-environment";

    /// <summary>The only folder of the application's layers that belongs to the application. Without it all of them do.</summary>
    public const string ApplicationFolder = "pipeline.application-folder";

    /// <summary>The images by digest that its Dockerfile names, separated by spaces.</summary>
    public const string BuildImages = "pipeline.build-images";

    /// <summary>The fingerprint of the recipe that an image of a system was made by.</summary>
    public const string Recipe = "pipeline.recipe";
}
