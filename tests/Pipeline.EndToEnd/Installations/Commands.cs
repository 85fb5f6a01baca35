using System.Diagnostics;

namespace Pipeline.EndToEnd.Installations;

/// <summary>Runs a program of the machine to its end.</summary>
public static class Commands
{
    /// <summary>What the program wrote to standard output; fails with what it wrote to standard error when it does.</summary>
    public static string Run(string program, string directory, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error.Result}");
        return output;
    }
}
