using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Pipeline.Supervision.Native;

/// <summary>The calls of the C library that .NET has no door to. Numbers of signals and system calls are those of Linux on x64 and arm64.</summary>
internal static unsafe partial class Libc
{
    internal const int SigHup = 1;
    internal const int SigKill = 9;
    internal const int SigTerm = 15;
    internal const int NoSuchProcess = 3;
    internal const int NotPermitted = 1;
    internal const int NoChild = 10;

    private const string Name = "libc";
    private const long PidfdSendSignalCall = 424;
    private const long PidfdOpenCall = 434;
    private const long PidfdGetfdCall = 438;

    /// <summary>A descriptor that names one process for good, whatever becomes of its number; -1 with errno where the kernel has none.</summary>
    internal static int PidfdOpen(int pid) => OperatingSystem.IsLinux() ? (int)SystemCall(PidfdOpenCall, pid, 0, 0, 0) : -1;

    internal static int PidfdSendSignal(int pidfd, int signal) => (int)SystemCall(PidfdSendSignalCall, pidfd, signal, 0, 0);

    /// <summary>A duplicate of another process's descriptor, closed on exec; -1 with errno where that process may not be touched.</summary>
    internal static int PidfdGetfd(int pidfd, int descriptor) => (int)SystemCall(PidfdGetfdCall, pidfd, descriptor, 0, 0);

    [LibraryImport(Name, EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    [LibraryImport(Name, EntryPoint = "waitpid", SetLastError = true)]
    internal static partial int WaitPid(int pid, int* status, int options);

    [LibraryImport(Name, EntryPoint = "waitid", SetLastError = true)]
    internal static partial int WaitId(int kind, int id, byte* information, int options);

    [LibraryImport(Name, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport(Name, EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    [LibraryImport(Name, EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport(Name, EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport(Name, EntryPoint = "fallocate", SetLastError = true)]
    internal static partial int FileAllocate(int descriptor, int mode, long offset, long length);

    [LibraryImport(Name, EntryPoint = "setsockopt", SetLastError = true)]
    internal static partial int SetSocketOption(int socket, int level, int option, void* value, uint bytes);

    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, long first, long second, long third, long fourth);
}

/// <summary>One entry of poll(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    internal const short Readable = 1;

    internal int Descriptor;
    internal short Events;
    internal short Returned;
}
