using System.Diagnostics;

namespace Pipeline.Supervision.Identity;

/// <summary>What a small system program prints, where the system has no file for it.</summary>
internal static class CommandOutput
{
    internal static string? Of(string program, params string[] arguments)
    {
        if (!File.Exists(program))
            return null;
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 && text.Length > 0 ? text : null;
    }
}
