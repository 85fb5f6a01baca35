using System.Runtime.InteropServices;

namespace Pipeline.Targets.Fingerprints;

/// <summary>What the file system says of a file without reading it. Times are ticks of UTC.</summary>
internal readonly record struct FileStat(long Size, long Modified, long Changed, long Inode, FileKind Kind)
{
    internal static FileStat Of(string path) => LinuxStat.TryGet(path, out var stat) ? stat : Portable(path);

    // Without statx there is no inode and no time of change; size and time of modification must do.
    private static FileStat Portable(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
            return new(0, file.LastWriteTimeUtc.Ticks, 0, 0, FileKind.Link);
        if (!file.Exists)
            return new(0, 0, 0, 0, Directory.Exists(path) ? FileKind.Folder : FileKind.Absent);
        var runs = !OperatingSystem.IsWindows() && (file.UnixFileMode & UnixFileMode.UserExecute) != 0;
        return new(file.Length, file.LastWriteTimeUtc.Ticks, 0, 0, runs ? FileKind.Program : FileKind.File);
    }
}

/// <summary>What lies at a path.</summary>
internal enum FileKind
{
    Absent,
    File,
    Program,
    Link,
    Folder,
}

/// <summary>The statx call of Linux, whose structure is the same on every processor: https://man7.org/linux/man-pages/man2/statx.2.html.</summary>
internal static partial class LinuxStat
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;
    private static bool missing = !OperatingSystem.IsLinux();

    internal static unsafe bool TryGet(string path, out FileStat stat)
    {
        stat = default;
        if (missing)
            return false;
        Raw raw;
        try
        {
            if (statx(CurrentDirectory, path, NoFollow, BasicStats, &raw) != 0)
                return true;
        }
        catch (EntryPointNotFoundException)
        {
            missing = true;
            return false;
        }

        stat = new((long)raw.Size, raw.Modified.Ticks, raw.Changed.Ticks, (long)raw.Inode, Kind(raw.Mode));
        return true;
    }

    private static FileKind Kind(ushort mode) => (mode & 0xF000) switch
    {
        0x4000 => FileKind.Folder,
        0xA000 => FileKind.Link,
        _ => (mode & 0x40) != 0 ? FileKind.Program : FileKind.File,
    };

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int statx(int folder, string path, int flags, uint mask, Raw* result);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Raw
    {
        [FieldOffset(28)]
        internal ushort Mode;

        [FieldOffset(32)]
        internal ulong Inode;

        [FieldOffset(40)]
        internal ulong Size;

        [FieldOffset(96)]
        internal Moment Changed;

        [FieldOffset(112)]
        internal Moment Modified;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Moment
    {
        private readonly long seconds;
        private readonly uint nanoseconds;
        private readonly int reserved;

        internal long Ticks => DateTime.UnixEpoch.Ticks + seconds * TimeSpan.TicksPerSecond + nanoseconds / 100;
    }
}
