using Pipeline.Artifacts.Storing;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts;

/// <summary>An image to build upon, in a layout on this machine.</summary>
/// <param name="Name">What it is called: the reference or the folder that it was named by, for people.</param>
/// <param name="Digest">The digest of its manifest.</param>
/// <param name="Store">The layout that has its blobs.</param>
public sealed record BaseImage(string Name, Digest Digest, ArtifactStore Store)
{
    private const string Scheme = "oci:";

    /// <summary>Whether a text names an image layout on this machine and no registry: <c>oci:FOLDER[:VERSION][@DIGEST]</c>, or a folder that is there.</summary>
    public static bool IsLayout(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Scheme, StringComparison.Ordinal) || File.Exists(Path.Combine(text, "oci-layout"));
    }

    /// <summary>Finds the image in a layout: the only one, or the one that its version or its digest names.</summary>
    /// <param name="text"><c>oci:FOLDER</c>, <c>oci:FOLDER:VERSION</c>, <c>oci:FOLDER@sha256:…</c>, or just the folder.</param>
    /// <exception cref="DeliveryException">There is no layout, or it is not said which of its images is meant.</exception>
    public static BaseImage InLayout(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var place = LayoutPlace.Parse(text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..] : text);
        if (!File.Exists(Path.Combine(place.Folder, "oci-layout")))
            throw new DeliveryException($"base image '{text}': {place.Folder} is no image layout (it has no file oci-layout); make one with ./build.sh --target BuildBaseImage, or copy one with skopeo");
        var store = new ArtifactStore(place.Folder);
        var all = store.List();
        var meant = all.Where(place.Means).ToArray();
        return meant.Length == 1
            ? new BaseImage(place.Name(Path.GetFileName(Path.TrimEndingDirectorySeparator(place.Folder))), meant[0].Digest, store)
            : throw new DeliveryException($"base image '{text}' means {meant.Length} of the {all.Count} images in {place.Folder}; name one as oci:{place.Folder}@DIGEST:"
                + string.Concat(all.Select(image => $"\n  {image.Digest}  {image.Version}")));
    }
}
