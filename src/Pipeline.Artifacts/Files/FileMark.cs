using System.Text.Json.Serialization;

namespace Pipeline.Artifacts.Files;

/// <summary>
/// What Linux says of a file without reading it. Whoever writes into the file, replaces it or sets its times changes its time of change, which cannot be set
/// back: https://man7.org/linux/man-pages/man2/statx.2.html.
/// </summary>
internal readonly record struct FileMark(ulong Inode, ulong Size, long ChangedSeconds, uint ChangedNanoseconds)
{
    // A second write within one tick of the file system's clock leaves the time of change as it was.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    /// <summary>Null when there is no such file, or the system does not say.</summary>
    public static FileMark? Of(string path) => FileStatus.TryRead(path)?.Mark;

    [JsonIgnore]
    public DateTimeOffset Changed => DateTimeOffset.FromUnixTimeSeconds(ChangedSeconds);

    /// <summary>Whether any later write would show in the mark.</summary>
    public bool IsSettled(DateTimeOffset now) => Changed <= now - Tick;
}
