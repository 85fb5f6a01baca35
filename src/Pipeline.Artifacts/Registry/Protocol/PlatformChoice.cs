using System.Text.Json;
using Pipeline.Artifacts.Oci;

namespace Pipeline.Artifacts.Registry.Protocol;

/// <summary>Takes the image for one platform out of an index: https://github.com/opencontainers/image-spec/blob/v1.1.0/image-index.md.</summary>
internal static class PlatformChoice
{
    /// <exception cref="RegistryException">The index has none for the platform; the message lists those it has.</exception>
    public static Descriptor Choose(ManifestDocument index, ImagePlatform platform, string subject)
    {
        var images = index.Manifests.Select(image => (Image: image, Platform: PlatformOf(image))).ToArray();
        return images.FirstOrDefault(each => each.Platform == platform).Image
            ?? (images is [{ Platform: null } only] ? only.Image : null)
            ?? throw new RegistryException($"{subject} has no image for {platform}, only for {List(images)}; name one that has");
    }

    // Attestations of a build lie in the same index, as images for a platform that does not exist.
    private static string List((Descriptor Image, ImagePlatform? Platform)[] images) => images.Length == 0
        ? "none at all"
        : string.Join(", ", images.Select(each => each.Platform?.ToString() ?? "one that it does not name").Where(name => name != "unknown/unknown").Distinct().Order(StringComparer.Ordinal));

    private static ImagePlatform? PlatformOf(Descriptor image) =>
        image.Further?.TryGetValue("platform", out var platform) == true && platform.ValueKind == JsonValueKind.Object
            ? new ImagePlatform(Text(platform, "os"), Text(platform, "architecture"))
            : null;

    private static string Text(JsonElement platform, string name) =>
        platform.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "unknown";
}
