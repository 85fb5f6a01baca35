using System.Runtime.InteropServices;

namespace Shop.Tests.Parts;

/// <summary>Signals to processes that a test started.</summary>
internal static partial class Signal
{
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;

    public static void Send(int process, int signal) => Assert.Equal(0, SendSignal(process, signal));

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SendSignal(int process, int signal);
}
