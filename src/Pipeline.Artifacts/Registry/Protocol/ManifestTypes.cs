using Pipeline.Artifacts.Oci;

namespace Pipeline.Artifacts.Registry.Protocol;

/// <summary>The media types of manifests that registries are asked for: OCI's, and Docker's own for the same, which many base images still have.</summary>
internal static class ManifestTypes
{
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";

    public static IReadOnlyList<string> Understood { get; } = [MediaTypes.Manifest, MediaTypes.Index, DockerManifest, DockerIndex];

    public static bool IsIndex(string mediaType) => mediaType is MediaTypes.Index or DockerIndex;
}
