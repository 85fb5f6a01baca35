using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Pipeline.Artifacts.Files;

/// <summary>What kind of thing lies at a path.</summary>
internal enum FileKind
{
    File,
    Folder,
    Link,

    /// <summary>A device, a socket or a pipe.</summary>
    Special,
}

/// <summary>What Linux says of a file, a folder or a link itself: https://man7.org/linux/man-pages/man2/statx.2.html.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Its permissions, set-user-id and such included.</param>
/// <param name="Owner">The number of its owner.</param>
/// <param name="Group">The number of its group.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="ModifiedAt">The time of its content, in seconds since 1970.</param>
/// <param name="Mark">What changes whenever something of it does.</param>
internal sealed partial record FileStatus(FileKind Kind, int Mode, int Owner, int Group, long Links, long ModifiedAt, FileMark Mark)
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;

    /// <summary>Null when there is nothing at the path, or the system does not say.</summary>
    public static FileStatus? TryRead(string path) => TryAsk(CurrentDirectory, path, NoFollow);

    /// <summary>Null when the system does not say.</summary>
    public static FileStatus? TryRead(SafeFileHandle file)
    {
        var held = false;
        file.DangerousAddRef(ref held);
        try
        {
            return TryAsk((int)file.DangerousGetHandle(), "", EmptyPath);
        }
        finally
        {
            if (held)
                file.DangerousRelease();
        }
    }

    private static unsafe FileStatus? TryAsk(int folder, string path, int flags)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            Raw raw;
            return Ask(folder, path, flags, BasicStats, &raw) == 0 ? Describe(raw) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    private static FileStatus Describe(in Raw raw) => new(
        (raw.Mode & 0xF000) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Folder,
            0xA000 => FileKind.Link,
            _ => FileKind.Special,
        },
        raw.Mode & 0xFFF,
        (int)raw.Owner,
        (int)raw.Group,
        raw.Links,
        raw.ModifiedSeconds,
        new FileMark(raw.Inode, raw.Size, raw.ChangedSeconds, raw.ChangedNanoseconds));

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Ask(int folder, string path, int flags, uint mask, Raw* result);

    /// <summary>The structure of the call, which is the same on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Raw
    {
        [FieldOffset(16)]
        internal uint Links;

        [FieldOffset(20)]
        internal uint Owner;

        [FieldOffset(24)]
        internal uint Group;

        [FieldOffset(28)]
        internal ushort Mode;

        [FieldOffset(32)]
        internal ulong Inode;

        [FieldOffset(40)]
        internal ulong Size;

        [FieldOffset(96)]
        internal long ChangedSeconds;

        [FieldOffset(104)]
        internal uint ChangedNanoseconds;

        [FieldOffset(112)]
        internal long ModifiedSeconds;
    }
}
