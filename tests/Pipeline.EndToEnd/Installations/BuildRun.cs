using System.Diagnostics;
using System.Text;

namespace Pipeline.EndToEnd.Installations;

/// <summary>A running <c>./build.sh</c>, which is the build program itself once that is compiled: build.sh hands itself over to it.</summary>
public sealed class BuildRun : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    internal BuildRun(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasEnded => process.HasExited;

    public string Everything
    {
        get
        {
            lock (output)
                return $"{output}\n{error}";
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Sends a signal by its name: <c>INT</c> is Ctrl-C.</summary>
    public void Signal(string name) => Commands.Run("kill", Path.GetTempPath(), $"-{name}", $"{process.Id}");

    /// <summary>Types at the terminal that it was started at.</summary>
    public async Task TypeAsync(string text)
    {
        await process.StandardInput.WriteAsync(text);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until it has written a text.</summary>
    public Task ShowsAsync(string text) => Eventually.HoldsAsync(
        () => HasEnded || Everything.Contains(text, StringComparison.Ordinal), $"it shows '{text}'", TimeSpan.FromMinutes(3));

    public Task<RunResult> EndAsync() => EndAsync(Limit);

    public async Task<RunResult> EndAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        await process.WaitForExitAsync(limit.Token);
        lock (output)
            return new(process.ExitCode, output.ToString(), error.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (output)
            text.AppendLine(line);
    }
}
