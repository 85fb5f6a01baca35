using System.Runtime.InteropServices;

namespace Pipeline.Artifacts.Unpacking;

/// <summary>
/// What Linux says of a file without reading it. Whoever writes into the file, replaces it or sets its times changes its time of change, which cannot be set
/// back: https://man7.org/linux/man-pages/man2/statx.2.html.
/// </summary>
internal readonly record struct FileMark(ulong Inode, ulong Size, long ChangedSeconds, uint ChangedNanoseconds)
{
    /// <summary>Null when there is no such file, or the system does not say.</summary>
    public static FileMark? Of(string path) => StatusCall.TryRead(path);

    public DateTimeOffset Changed => DateTimeOffset.FromUnixTimeSeconds(ChangedSeconds);
}

/// <summary>The statx call, whose structure is the same on every processor.</summary>
internal static partial class StatusCall
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;

    internal static unsafe FileMark? TryRead(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            Raw raw;
            return Ask(CurrentDirectory, path, NoFollow, BasicStats, &raw) == 0
                ? new FileMark(raw.Inode, raw.Size, raw.ChangedSeconds, raw.ChangedNanoseconds)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Ask(int folder, string path, int flags, uint mask, Raw* result);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Raw
    {
        [FieldOffset(32)]
        internal ulong Inode;

        [FieldOffset(40)]
        internal ulong Size;

        [FieldOffset(96)]
        internal long ChangedSeconds;

        [FieldOffset(104)]
        internal uint ChangedNanoseconds;
    }
}
