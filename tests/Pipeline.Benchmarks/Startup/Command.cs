using System.Diagnostics;

namespace Pipeline.Benchmarks.Startup;

/// <summary>A command whose time from start to end is measured.</summary>
internal sealed record Command(string What, string Program, IReadOnlyList<string> Arguments, string Folder)
{
    /// <summary>What its output must say, lest something else be measured.</summary>
    public string Says { get; init; } = "";

    public async Task<double> MeasureAsync(CancellationToken cancellation)
    {
        var (elapsed, output) = await RunAsync(cancellation);
        return output.Contains(Says, StringComparison.Ordinal)
            ? elapsed
            : throw new InvalidOperationException($"{What} did not say '{Says}':\n{output}");
    }

    /// <summary>Runs it without looking at what it says.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => RunAsync(cancellation);

    private async Task<(double Elapsed, string Output)> RunAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Program, Arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // Started from dotnet run, this process knows of an SDK that the commands should find for themselves.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        var elapsed = clock.Elapsed.TotalMilliseconds;
        return process.ExitCode == 0
            ? (elapsed, await output)
            : throw new InvalidOperationException($"{What} ended with exit code {process.ExitCode}:\n{await output}{await errors}");
    }
}
