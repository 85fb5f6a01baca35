using System.ComponentModel;
using System.Diagnostics;
using Pipeline.Delivery;

namespace Pipeline.Images.Running;

/// <summary>Runs a program of this machine to its end and keeps what it says in a file.</summary>
internal static class ProgramRun
{
    private const int ShownLines = 15;

    /// <param name="what">What it is run for, for the message.</param>
    /// <param name="logFile">What it says is added here.</param>
    /// <param name="input">What it reads from its standard input.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="cancellation">Kills it and what it started.</param>
    /// <exception cref="DeliveryException">It cannot be started, or failed.</exception>
    public static async Task RunAsync(string what, string logFile, string input, IReadOnlyList<string> command, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = Describe(command) };
        Start(process, what);
        await using var log = new StreamWriter(logFile, append: true);
        await log.WriteLineAsync($"$ {string.Join(' ', command)}".AsMemory(), cancellation);
        try
        {
            await Task.WhenAll(WriteAsync(process.StandardInput, input, cancellation), CopyAsync(process.StandardOutput, log, cancellation));
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        await log.FlushAsync(cancellation);
        if (process.ExitCode != 0)
            throw new DeliveryException($"{what}: {command[0]} ended with exit code {process.ExitCode}; the whole output is in {logFile}, and ends so:{await LastLinesAsync(logFile, log, cancellation)}");
    }

    private static ProcessStartInfo Describe(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        // Both outputs in one, in their order.
        foreach (var word in (string[])["-c", "exec \"$@\" 2>&1", "sh", .. command])
            start.ArgumentList.Add(word);
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        return start;
    }

    private static void Start(Process process, string what)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception refused)
        {
            throw new DeliveryException($"{what}: /bin/sh cannot be started: {refused.Message}; images are made on Linux", refused);
        }
    }

    private static async Task WriteAsync(StreamWriter standardInput, string input, CancellationToken cancellation)
    {
        try
        {
            await standardInput.WriteAsync(input.AsMemory(), cancellation);
            standardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read everything; its exit code says why.
        }
    }

    private static async Task CopyAsync(StreamReader output, StreamWriter log, CancellationToken cancellation)
    {
        while (await output.ReadLineAsync(cancellation) is { } line)
            await log.WriteLineAsync(line.AsMemory(), cancellation);
    }

    private static async Task<string> LastLinesAsync(string logFile, StreamWriter log, CancellationToken cancellation)
    {
        await log.DisposeAsync();
        var lines = await File.ReadAllLinesAsync(logFile, cancellation);
        return string.Concat(lines.TakeLast(ShownLines).Select(line => $"\n  {line}"));
    }
}
