using System.Globalization;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Storing;

/// <summary>An image whose blobs were all hashed.</summary>
/// <param name="Digest">The digest of its manifest.</param>
/// <param name="ManifestSize">The bytes of its manifest.</param>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Configuration">Its configuration.</param>
internal sealed record Image(Digest Digest, long ManifestSize, ImageManifest Manifest, ImageConfiguration Configuration)
{
    /// <summary>The folder that the application runs in, as a path relative to the root of the image.</summary>
    public string WorkingDirectory => (Configuration.Execution?.WorkingDirectory ?? "/").Trim('/');

    /// <summary>What the manifest's annotations or else the configuration's labels say; null when neither does.</summary>
    public string? Fact(string key) => Manifest.Annotations?.GetValueOrDefault(key) ?? Configuration.Execution?.Labels?.GetValueOrDefault(key);

    /// <summary>Bytes of manifest, configuration and layers together.</summary>
    public long Size => ManifestSize + Manifest.Configuration.Size + Manifest.Layers.Sum(layer => layer.Size);

    /// <summary>The number of the first layer that is the application's own; those below it are the base's.</summary>
    public int FirstApplicationLayer => Manifest.Layers.Count - ApplicationLayers;

    private int ApplicationLayers => Label(AnnotationKeys.ApplicationLayers) is not { } text ? Manifest.Layers.Count
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Manifest.Layers.Count ? count
        : throw new DeliveryException($"artifact {Digest}: its label {AnnotationKeys.ApplicationLayers} is '{text}' and it has {Manifest.Layers.Count} layers; say how many of the top layers are the application's");

    public string? Label(string key) => Configuration.Execution?.Labels?.GetValueOrDefault(key);
}
