using System.ComponentModel;
using System.Diagnostics;

namespace Pipeline.Postgres.Embedded;

/// <summary>A program run to its end, with what it said.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a program in the C locale, so that its words can be relied on.</summary>
    /// <returns>Null when the program cannot be started at all.</returns>
    public static async Task<ProgramRun?> TryAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["LC_ALL"] = "C";
        // A folder that the user who is run as may not enter would be the first thing to fail.
        start.WorkingDirectory = Path.GetPathRoot(System.Environment.SystemDirectory) is { Length: > 0 } root ? root : "/";
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
            return new ProgramRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
