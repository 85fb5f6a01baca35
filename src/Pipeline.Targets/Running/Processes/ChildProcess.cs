using System.Diagnostics;
using Cake.Core.IO;

namespace Pipeline.Targets.Running;

/// <summary>A child process of a target. It is asked to end, and soon after made to, when the run is cancelled.</summary>
internal sealed class ChildProcess : IProcess
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly Process process;
    private readonly ChildOutput output;
    private readonly ChildOutput error;
    private CancellationTokenRegistration registration;

    private ChildProcess(Process process, ChildOutput output, ChildOutput error)
    {
        this.process = process;
        this.output = output;
        this.error = error;
    }

    internal static ChildProcess Start(ProcessStartInfo start, ReadOnlyMemory<byte> input, ChildOutput output, ChildOutput error, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => output.Take(line.Data);
        process.ErrorDataReceived += (_, line) => error.Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var child = new ChildProcess(process, output, error);
        child.registration = cancellation.Register(child.End);
        if (start.RedirectStandardInput)
            child.Feed(input);
        return child;
    }

    public void WaitForExit()
    {
        process.WaitForExit(Timeout.Infinite);
        Ended();
    }

    public bool WaitForExit(int milliseconds)
    {
        if (process.WaitForExit(milliseconds))
        {
            Ended();
            return true;
        }

        Kill();
        return false;
    }

    public int GetExitCode() => process.ExitCode;

    public IEnumerable<string> GetStandardError() => error.Lines();

    public IEnumerable<string> GetStandardOutput() => output.Lines();

    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit(Timeout.Infinite);
        Ended();
    }

    public void Dispose()
    {
        registration.Dispose();
        process.Dispose();
    }

    private void Feed(ReadOnlyMemory<byte> input)
    {
        try
        {
            using var standardInput = process.StandardInput.BaseStream;
            standardInput.Write(input.Span);
        }
        catch (IOException)
        {
            // It ended without reading all of it; its exit code says why.
        }
    }

    private void Ended()
    {
        registration.Dispose();
        output.WaitForEnd();
        error.WaitForEnd();
    }

    // A shell that ends leaves its own children behind; so all of them are asked, and those that stay are ended.
    private void End()
    {
        var tree = ProcessTree.Of(process.Id);
        tree.Terminate();
        _ = Task.Run(async () =>
        {
            await Task.Delay(Grace);
            tree.Kill();
        });
    }
}
