namespace Pipeline.Artifacts.Oci;

/// <summary>The media types of the OCI image specification: https://github.com/opencontainers/image-spec/blob/v1.1.0/media-types.md.</summary>
internal static class MediaTypes
{
    public const string Index = "application/vnd.oci.image.index.v1+json";
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string Configuration = "application/vnd.oci.image.config.v1+json";
    public const string Layer = "application/vnd.oci.image.layer.v1.tar";
    public const string LayerGzip = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// <summary>The configuration of what has none: https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md#guidance-for-an-empty-descriptor.</summary>
    public const string Empty = "application/vnd.oci.empty.v1+json";

    /// <summary>Docker's name for <see cref="LayerGzip"/>: https://distribution.github.io/distribution/spec/manifest-v2-2/.</summary>
    public const string DockerLayerGzip = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /// <summary>Docker's name for <see cref="Manifest"/>.</summary>
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>The same thing in OCI's words.</summary>
    public static string OfOci(string mediaType) => mediaType switch
    {
        DockerLayerGzip => LayerGzip,
        DockerManifest => Manifest,
        _ => mediaType,
    };
}
