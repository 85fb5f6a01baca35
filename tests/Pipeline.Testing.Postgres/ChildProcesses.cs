using System.Diagnostics;
using System.Globalization;
using Pipeline.Supervision;

namespace Pipeline.Testing.Postgres;

/// <summary>Runs a test run's own server as its child, so that it ends with the run, even when the run is killed: the shell between the two waits for that.</summary>
internal sealed class ChildProcesses : ISupervisors
{
    private const string EndWithParent = "\"$@\" >>server.log 2>&1 & server=$!; read -r _; kill -INT $server; wait $server";
    private Process? shell;
    private ProcessSpecification? specification;

    public Task<ProcessState> StartAsync(ProcessSpecification process, CancellationToken cancellation)
    {
        if (Observe(process.Directory) is { Running: true } running)
            return Task.FromResult(running);
        var user = process.User is null ? [] : new[] { "runuser", "-u", process.User, "--" };
        string[] line = [.. user, "/bin/sh", "-c", EndWithParent, "sh", process.FileName, .. process.Arguments];
        specification = process;
        shell = Process.Start(new ProcessStartInfo(line[0], line[1..]) { WorkingDirectory = process.WorkingDirectory!, RedirectStandardInput = true })!;
        return Task.FromResult(Observe(process.Directory)!);
    }

    public Task<ProcessState> ReplaceAsync(ProcessSpecification process, TimeSpan readyTimeout, CancellationToken cancellation) => throw new NotSupportedException();

    public ProcessState? Observe(string directory) => shell is null || specification?.Directory != directory
        ? null
        : new ProcessState(specification, !shell.HasExited, !shell.HasExited, shell.Id, shell.StartTime, 0, null);

    public IReadOnlyList<ProcessState> ObserveAll(string parentDirectory) => throw new NotSupportedException();

    public async Task StopAsync(string directory, CancellationToken cancellation)
    {
        if (shell is null)
            return;
        if (!shell.HasExited)
            shell.StandardInput.Close();
        await shell.WaitForExitAsync(cancellation);
        shell.Dispose();
        shell = null;
    }

    public IReadOnlyList<string> ReadLog(string directory, int lines)
    {
        var log = Path.Combine(specification?.WorkingDirectory ?? directory, "server.log");
        return File.Exists(log) ? [.. File.ReadLines(log).TakeLast(lines)] : [string.Create(CultureInfo.InvariantCulture, $"{log} is not there")];
    }
}
