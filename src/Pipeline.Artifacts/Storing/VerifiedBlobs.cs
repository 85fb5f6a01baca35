using System.Collections.Concurrent;
using Pipeline.Artifacts.Files;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Storing;

/// <summary>
/// The blobs that were hashed once and that, as the kernel says, nobody has touched since: an image may have gigabytes, and a promotion moves only its digest.
/// It is remembered from run to run in <c>verified.json</c> beside the blobs, and worth nothing on another machine, where every file has another mark.
/// </summary>
/// <param name="root">The folder of the layout.</param>
/// <param name="pathOf">Where a blob lies.</param>
internal sealed class VerifiedBlobs(string root, Func<Digest, string> pathOf)
{
    private readonly CacheFile<Dictionary<string, FileMark>> file = new(Path.Combine(root, "verified.json"));
    private readonly Lock gate = new();
    private ConcurrentDictionary<Digest, FileMark>? marks;

    public bool Holds(Digest digest, FileMark mark) => Marks().TryGetValue(digest, out var known) && known == mark;

    public void Add(Digest digest, FileMark mark)
    {
        lock (gate)
        {
            Marks()[digest] = mark;
            file.Write(Marks().Where(blob => File.Exists(pathOf(blob.Key))).ToDictionary(blob => blob.Key.Value, blob => blob.Value));
        }
    }

    public void Forget()
    {
        lock (gate)
        {
            marks = [];
            file.Delete();
        }
    }

    private ConcurrentDictionary<Digest, FileMark> Marks()
    {
        lock (gate)
            return marks ??= new(Read().Where(blob => Digest.TryParse(blob.Key, out _)).Select(blob => KeyValuePair.Create(Digest.Parse(blob.Key), blob.Value)));
    }

    private Dictionary<string, FileMark> Read() => file.TryRead() ?? [];
}
