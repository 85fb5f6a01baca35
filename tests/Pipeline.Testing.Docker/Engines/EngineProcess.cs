using System.Diagnostics;
using Xunit;

namespace Pipeline.Testing.Docker.Engines;

/// <summary>A dockerd of the tests' own, in a network namespace, with everything it keeps in one folder.</summary>
internal sealed class EngineProcess(string folder, string space, IReadOnlyList<string> arguments)
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);
    private Process? process;

    internal string Socket => Path.Combine(folder, "docker.sock");

    private string Log => Path.Combine(folder, "dockerd.log");

    internal async Task StartAsync()
    {
        // The shell and nsenter become dockerd: the process started here is the engine itself.
        string[] line = ["-c", "exec nsenter --net=/run/netns/\"$0\" dockerd \"$@\" >>\"$LOG\" 2>&1", space, .. arguments];
        var start = new ProcessStartInfo("/bin/sh", line) { RedirectStandardInput = true };
        start.Environment["LOG"] = Log;
        process = Process.Start(start)!;
        await Eventually.HoldsAsync(AnswersAsync, $"an engine answers at {Socket}");
    }

    /// <summary>SIGKILL: containers and their shims stay behind, as after a crash.</summary>
    internal async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
        // The engine's containerd dies with it a moment later; an engine started in that moment would wait for it in vain.
        await Eventually.HoldsAsync(() => !Directory.Exists($"/proc/{File.ReadAllText(Path.Combine(folder, "run", "containerd", "containerd.pid")).Trim()}"), "containerd has ended");
    }

    /// <summary>SIGTERM, as a service manager would.</summary>
    internal async Task StopAsync()
    {
        if (process is null)
            return;
        await Command.TryAsync("kill", ["-TERM", $"{process.Id}"]);
        using var limit = new CancellationTokenSource(StopTimeout);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
        process = null;
    }

    private async Task<bool> AnswersAsync()
    {
        if (process!.HasExited)
            Assert.Fail($"dockerd ended with {process.ExitCode}: {string.Join('\n', (await File.ReadAllLinesAsync(Log)).TakeLast(10))}");
        return File.Exists(Socket) && (await Command.TryAsync("docker", ["--host", $"unix://{Socket}", "version"])).ExitCode == 0;
    }
}
