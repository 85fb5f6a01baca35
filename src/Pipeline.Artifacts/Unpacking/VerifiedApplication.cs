using Pipeline.Artifacts.Files;
using Pipeline.Delivery.Ports;

namespace Pipeline.Artifacts.Unpacking;

/// <summary>
/// An application all of whose bytes this run has hashed. As long as the kernel says that none of its files, folders and blobs was touched since, hashing
/// them again would find the same.
/// </summary>
internal sealed class VerifiedApplication
{
    private readonly IReadOnlyDictionary<string, FileMark> marks;

    private VerifiedApplication(ApplicationFiles files, IReadOnlyDictionary<string, FileMark> marks)
    {
        Files = files;
        this.marks = marks;
    }

    public ApplicationFiles Files { get; }

    /// <summary>Looks at the files, before they are hashed; null when one is missing, was touched just now, or the system does not say.</summary>
    public static IReadOnlyDictionary<string, FileMark>? Mark(IEnumerable<string> paths, DateTimeOffset now)
    {
        var marks = new Dictionary<string, FileMark>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (FileMark.Of(path) is not { } mark || !mark.IsSettled(now))
                return null;
            marks[path] = mark;
        }
        return marks;
    }

    /// <summary>Remembers what was hashed after it had been marked.</summary>
    public static VerifiedApplication? Remember(ApplicationFiles files, IReadOnlyDictionary<string, FileMark>? marks) =>
        marks is null ? null : new(files, marks);

    /// <summary>A file that came or went shows in the mark of its folder.</summary>
    public bool IsUntouched() => marks.All(known => FileMark.Of(known.Key) == known.Value);
}
