using System.Diagnostics;

namespace Pipeline.GitHub.Rehearsal;

/// <summary>The git command.</summary>
internal static class GitProgram
{
    /// <summary>What it wrote to standard output.</summary>
    /// <exception cref="RehearsalException">It failed.</exception>
    internal static async Task<string> RunAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var ended = await TryAsync(folder, arguments, cancellation);
        return ended.ExitCode == 0
            ? ended.Output
            : throw new RehearsalException([$"git {string.Join(' ', arguments)} ended with exit code {ended.ExitCode} in {folder}: {ended.Error.Trim()}"]);
    }

    internal static async Task<(int ExitCode, string Output, string Error)> TryAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return (process.ExitCode, await output, await error);
    }
}
