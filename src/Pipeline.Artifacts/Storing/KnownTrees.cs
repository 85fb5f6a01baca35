using System.Collections.Concurrent;
using Pipeline.Artifacts.Layers;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Storing;

/// <summary>
/// The files of images, as they were found when all of the application's layers were read and hashed. They follow from the digest, so that they are not looked
/// for again in an image whose blobs are still the same; kept from run to run in the folder <c>trees</c> of the layout.
/// </summary>
/// <param name="root">The folder of the layout.</param>
internal sealed class KnownTrees(string root)
{
    private readonly string folder = Path.Combine(root, "trees");
    private readonly ConcurrentDictionary<Digest, ImageTree> known = new();

    /// <summary>The files of an image.</summary>
    /// <param name="image">The image, all of whose blobs were just verified.</param>
    /// <param name="read">Reads and hashes all of it.</param>
    public async Task<ImageTree> ReadAsync(Image image, Func<Task<ImageTree>> read)
    {
        if (known.TryGetValue(image.Digest, out var before))
            return before;
        var file = FileOf(image.Digest);
        if (file.TryRead() is { } document)
            return known[image.Digest] = document.ToTree();
        var tree = await read();
        file.Write(TreeDocument.Of(tree));
        return known[image.Digest] = tree;
    }

    public void Forget()
    {
        known.Clear();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    public void Forget(Digest image)
    {
        known.TryRemove(image, out _);
        FileOf(image).Delete();
    }

    private CacheFile<TreeDocument> FileOf(Digest image) => new(Path.Combine(folder, image.Hex + ".json"));
}
