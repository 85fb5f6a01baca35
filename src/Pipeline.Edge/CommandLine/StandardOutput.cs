using System.Runtime.InteropServices;

namespace Pipeline.Edge.CommandLine;

/// <summary>The standard output itself: .NET closes only its own duplicate of it, and whoever reads would wait for an end that never comes.</summary>
internal static partial class StandardOutput
{
    private const int Descriptor = 1;

    public static void Close() => _ = CloseDescriptor(Descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseDescriptor(int descriptor);
}
