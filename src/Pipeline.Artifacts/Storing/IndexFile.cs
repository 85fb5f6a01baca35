using System.Text.Json;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Storing;

/// <summary>
/// The files <c>oci-layout</c> and <c>index.json</c>: https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md.
/// The index is replaced as a whole, so readers need no lock.
/// </summary>
internal sealed class IndexFile(string root)
{
    private const string LayoutVersion = "1.0.0";
    private readonly string indexPath = Path.Combine(root, "index.json");
    private readonly string layoutPath = Path.Combine(root, "oci-layout");

    /// <exception cref="DeliveryException">The folder is no image layout of this version, or its index is damaged.</exception>
    public ImageIndex Read()
    {
        CheckLayout();
        return File.Exists(indexPath) ? Parse<ImageIndex>(indexPath) : new ImageIndex();
    }

    /// <summary>Names an image in the index. The name of its version goes over to it from an image that had it.</summary>
    public void Add(FolderLock folderLock, Descriptor image)
    {
        var index = Read();
        var reference = image.Annotation(AnnotationKeys.ReferenceName);
        var others = index.Manifests.Where(other => other.Digest != image.Digest)
            .Select(other => reference is not null && other.Annotation(AnnotationKeys.ReferenceName) == reference ? WithoutReference(other) : other);
        Replace(folderLock, index with { Manifests = [.. others, image] });
    }

    /// <summary>
    /// Names an attachment. It takes the place of one that says the same kind of thing of the same manifest under the same key: what another key signed stays.
    /// </summary>
    public void Attach(FolderLock folderLock, Descriptor attachment)
    {
        var index = Read();
        Replace(folderLock, index with { Manifests = [.. index.Manifests.Where(other => !SaysTheSame(other, attachment)), attachment] });
    }

    /// <summary>Takes images out of the index.</summary>
    public void Remove(FolderLock folderLock, IReadOnlySet<Digest> images)
    {
        var index = Read();
        Replace(folderLock, index with { Manifests = [.. index.Manifests.Where(image => !images.Contains(image.Digest))] });
    }

    private static bool SaysTheSame(Descriptor one, Descriptor other) =>
        one.ArtifactType == other.ArtifactType
        && one.Annotation(AnnotationKeys.Subject) == other.Annotation(AnnotationKeys.Subject)
        && one.Annotation(AnnotationKeys.Key) == other.Annotation(AnnotationKeys.Key);

    private static Descriptor WithoutReference(Descriptor image) =>
        image with { Annotations = image.Annotations!.Where(pair => pair.Key != AnnotationKeys.ReferenceName).ToDictionary() };

    private static T Parse<T>(string path)
    {
        try
        {
            return CanonicalJson.Read<T>(File.ReadAllBytes(path));
        }
        catch (JsonException damaged)
        {
            throw new DeliveryException($"{path} is damaged: {damaged.Message} Copy .pipeline/artifacts anew, or delete the folder and run BuildImage again", damaged);
        }
    }

    private void CheckLayout()
    {
        if (!File.Exists(layoutPath))
            return;
        var version = Parse<ImageLayout>(layoutPath).Version;
        if (version != LayoutVersion)
            throw new DeliveryException($"{layoutPath} says image layout version '{version}', and only {LayoutVersion} is understood; move the folder away and run BuildImage again");
    }

    private void Replace(FolderLock folderLock, ImageIndex index)
    {
        if (!File.Exists(layoutPath))
            Put(folderLock, layoutPath, CanonicalJson.Write(new ImageLayout(LayoutVersion)));
        Put(folderLock, indexPath, CanonicalJson.Write(index));
        DirectorySync.Flush(root);
    }

    private static void Put(FolderLock folderLock, string path, byte[] content)
    {
        var unfinished = Path.Combine(folderLock.Unfinished, Guid.NewGuid().ToString("N"));
        using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path, overwrite: true);
    }
}
