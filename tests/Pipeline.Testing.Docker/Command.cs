using System.Diagnostics;

namespace Pipeline.Testing.Docker;

/// <summary>Runs a program of the machine to its end.</summary>
public static class Command
{
    /// <summary>Runs it, and returns what it wrote to standard output.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message holds what it wrote to standard error.</exception>
    public static Task<string> RunAsync(string program, params IEnumerable<string> arguments) => RunWithInputAsync(program, arguments, Stream.Null);

    /// <summary>Runs it with something to read.</summary>
    public static async Task<string> RunWithInputAsync(string program, IEnumerable<string> arguments, Stream input)
    {
        var (exitCode, output, errors) = await TryAsync(program, arguments, input);
        return exitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {exitCode}: {errors.Trim()}");
    }

    /// <summary>Runs it, whatever comes of it.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> TryAsync(string program, IEnumerable<string> arguments, Stream? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await (input ?? Stream.Null).CopyToAsync(process.StandardInput.BaseStream);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it; its exit code tells why.
        }
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
