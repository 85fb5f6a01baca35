using System.Runtime.InteropServices;
using Pipeline.Supervision.Native;

namespace Pipeline.Supervision.Identity;

/// <summary>Sends a signal to one proven process and to no other.</summary>
internal static class ProcessSignal
{
    /// <summary>Sends it; false when the process has ended.</summary>
    /// <exception cref="SupervisionException">The process belongs to another user.</exception>
    internal static bool Send(ProcessIdentity process, int signal)
    {
        // The descriptor holds the process before its identity is looked at, so that the number cannot change hands in between.
        var descriptor = Libc.PidfdOpen(process.ProcessId);
        try
        {
            if (!process.IsAlive())
                return false;
            var result = descriptor >= 0 ? Libc.PidfdSendSignal(descriptor, signal) : Libc.Kill(process.ProcessId, signal);
            return result == 0 || Explain(process, signal, Marshal.GetLastPInvokeError());
        }
        finally
        {
            if (descriptor >= 0)
                _ = Libc.Close(descriptor);
        }
    }

    private static bool Explain(ProcessIdentity process, int signal, int error) => error == Libc.NoSuchProcess
        ? false
        : throw new SupervisionException(
            $"process {process.ProcessId}: signal {signal} was refused ({Marshal.GetPInvokeErrorMessage(error)}); run as the user who started it");
}
