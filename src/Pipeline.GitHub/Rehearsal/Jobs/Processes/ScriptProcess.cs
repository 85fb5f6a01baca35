using System.Diagnostics;

namespace Pipeline.GitHub.Rehearsal.Jobs.Processes;

/// <summary>A process of a job that runs to its end, or is stopped with all that it started.</summary>
/// <param name="processes">The processes of the job.</param>
/// <param name="time">The clock.</param>
internal sealed class ScriptProcess(JobProcesses processes, TimeProvider time)
{
    // So long the runner waits for output, too, when a script left something behind that holds it open.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(5);

    /// <summary>Its exit code.</summary>
    /// <param name="program">The program's path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it starts.</param>
    /// <param name="environment">Its whole environment.</param>
    /// <param name="line">Takes each line that it writes to either stream.</param>
    /// <param name="cancellation">Stops it: it is interrupted, asked to end, and killed.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    internal async Task<int> RunAsync(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment, Action<string> line, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = Task.WhenAll(ReadAsync(process.StandardOutput, line), ReadAsync(process.StandardError, line));
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            await processes.StopAsync(process);
            await WaitAsync(output);
            throw;
        }
        await WaitAsync(output);
        return process.ExitCode;
    }

    private async Task WaitAsync(Task output)
    {
        try
        {
            await output.WaitAsync(OutputGrace, time);
        }
        catch (TimeoutException)
        {
            // What still writes belongs to the job and ends with it.
            return;
        }
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> line)
    {
        try
        {
            while (await reader.ReadLineAsync(CancellationToken.None) is { } text)
                line(text);
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The step is over and its log with it.
            return;
        }
    }
}
