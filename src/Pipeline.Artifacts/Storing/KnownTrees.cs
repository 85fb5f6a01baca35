using System.Collections.Concurrent;
using Pipeline.Artifacts.Files;
using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Unpacking;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Storing;

/// <summary>
/// What was found in images whose every byte this object has hashed. It is found again without reading as long as the kernel says that none of their blobs was
/// touched since: a promotion asks half a dozen times, and an image may have gigabytes.
/// </summary>
internal sealed class KnownTrees(BlobFolder blobs)
{
    private readonly ConcurrentDictionary<Digest, (ImageTree Tree, IReadOnlyDictionary<string, FileMark> Marks)> known = new();

    /// <summary>The files of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="read">Reads and hashes all of it.</param>
    public async Task<ImageTree> ReadAsync(Image image, Func<Task<ImageTree>> read)
    {
        if (known.TryGetValue(image.Digest, out var before) && before.Marks.All(mark => FileMark.Of(mark.Key) == mark.Value))
            return before.Tree;
        // Marked before it is read: what is written meanwhile shows.
        var marks = VerifiedApplication.Mark(blobs.PathsOf(image), TimeProvider.System.GetUtcNow());
        var tree = await read();
        if (marks is not null)
            known[image.Digest] = (tree, marks);
        return tree;
    }
}
