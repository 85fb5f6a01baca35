using System.Runtime.InteropServices;

namespace Pipeline.Supervision.Native;

/// <summary>How a child of the present process ended.</summary>
internal static unsafe class ExitStatus
{
    private const int DoNotBlock = 1;
    private const int InterruptedCall = 4;
    private const int OneProcess = 1;
    private const int Exited = 4;
    private const int LeaveWaitable = 0x01000000;
    private const int MacLeaveWaitable = 0x20;
    private const int InformationBytes = 256;

    /// <summary>Waits for the child's end and takes it from the system; null when somebody else took it.</summary>
    internal static string? Wait(int processId)
    {
        int status;
        while (Libc.WaitPid(processId, &status, 0) < 0)
        {
            if (Marshal.GetLastPInvokeError() != InterruptedCall)
                return null;
        }
        return Describe(status);
    }

    /// <summary>Whether the child has ended; its number stays its own until <see cref="Wait"/>.</summary>
    internal static bool HasEnded(int processId)
    {
        var information = stackalloc byte[InformationBytes];
        new Span<byte>(information, InformationBytes).Clear();
        var leave = OperatingSystem.IsMacOS() ? MacLeaveWaitable : LeaveWaitable;
        var result = Libc.WaitId(OneProcess, processId, information, Exited | DoNotBlock | leave);
        var signal = *(int*)information;
        return result == 0 ? signal != 0 : Marshal.GetLastPInvokeError() == Libc.NoChild;
    }

    private static string Describe(int status)
    {
        var signal = status & 0x7f;
        return signal == 0 ? $"exit code {(status >> 8) & 0xff}" : $"signal {signal}";
    }
}
