using System.Runtime.InteropServices;

namespace Pipeline.Supervision.Native;

/// <summary>posix_spawn(3) and what prepares it; the opaque structures are buffers larger than any platform's.</summary>
internal static unsafe partial class LibcSpawn
{
    internal const int BufferBytes = 1024;

    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "posix_spawn")]
    internal static partial int Spawn(int* pid, byte* path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int InitialiseActions(byte* actions);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int DestroyActions(byte* actions);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AddOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int AddDuplicate(byte* actions, int from, int to);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AddWorkingDirectory(byte* actions, string path);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    internal static partial int AddCloseFrom(byte* actions, int first);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addclose")]
    internal static partial int AddClose(byte* actions, int descriptor);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_init")]
    internal static partial int InitialiseAttributes(byte* attributes);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int DestroyAttributes(byte* attributes);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static partial int SetDefaultSignals(byte* attributes, byte* signals);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int SetBlockedSignals(byte* attributes, byte* signals);

    [LibraryImport(Name, EntryPoint = "sigfillset")]
    internal static partial int FillSignals(byte* signals);

    [LibraryImport(Name, EntryPoint = "sigemptyset")]
    internal static partial int EmptySignals(byte* signals);
}
