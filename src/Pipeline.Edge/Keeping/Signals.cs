using System.Runtime.InteropServices;

namespace Pipeline.Edge.Keeping;

/// <summary>The calls of the C library that .NET has no door to.</summary>
internal static partial class Signals
{
    private const int SigTerm = 15;
    private const int NoHang = 1;

    public static void Terminate(int process) => _ = Kill(process, SigTerm);

    public static void Collect(int process) => _ = WaitPid(process, 0, NoHang);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WaitPid(int process, nint status, int options);
}
