using System.Diagnostics;

namespace Pipeline.Engines.Instances;

/// <summary>A program that has this program's terminal, input and outputs while it runs.</summary>
internal static class InheritedProcess
{
    /// <summary>Whether a person sits there.</summary>
    internal static bool HasTerminal => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    internal static async Task<int> RunAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        using var process = Process.Start(start)!;
        try
        {
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
