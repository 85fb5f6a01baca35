using System.Diagnostics;

namespace Pipeline.Engines.Docker.Cli;

/// <summary>A call of the <c>docker</c> command that goes on: bytes into it, bytes out of it. Disposing ends the call.</summary>
public sealed class DockerPipe : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;

    internal DockerPipe(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What is written here arrives at the command's standard input. Closing it tells the other end that no more comes.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>The command's standard output; it ends when the command does.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Waits until the command has ended.</summary>
    public async Task<DockerResult> WaitAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        return new DockerResult(process.ExitCode, "", await errors);
    }

    /// <summary>Ends the call, and with it whatever waits for the command to read or write.</summary>
    internal void End() => DockerProcess.End(process);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        DockerProcess.End(process);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
