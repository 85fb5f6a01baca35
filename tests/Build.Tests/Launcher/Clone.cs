using System.Diagnostics;

namespace Build.Tests.Launcher;

/// <summary>What a run of the launcher printed, and its exit code.</summary>
public sealed record LauncherRun(int ExitCode, string Output, string Errors)
{
    public bool Compiled => Errors.Contains("compiling it", StringComparison.Ordinal);

    /// <summary>Whether the launcher wanted to compile where there is no SDK.</summary>
    public bool WantedToCompile => ExitCode == 2 && Errors.StartsWith("build.sh: the .NET SDK is too old", StringComparison.Ordinal);

    public string Line(string name) => Output.Split('\n').FirstOrDefault(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))?[(name.Length + 2)..] ?? "";
}

/// <summary>A clone of the small repository, and its launcher.</summary>
public sealed class Clone(string path)
{
    public string Path => path;

    public string Builds => File(".pipeline", "build");

    public string File(params string[] parts) => System.IO.Path.Combine([path, .. parts]);

    public void Write(string text, params string[] parts)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(parts))!);
        System.IO.File.WriteAllText(File(parts), text);
    }

    public Task<LauncherRun> RunAsync(params string[] arguments) => RunInAsync(path, File("build.sh"), [], arguments);

    public static async Task<LauncherRun> RunInAsync(string folder, string launcher, Dictionary<string, string?> environment, params string[] arguments)
    {
        using var process = Start(folder, launcher, environment, arguments);
        return await EndAsync(process);
    }

    public static Process Start(string folder, string launcher, Dictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/bash", [launcher, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var name in new[] { "PIPELINE_HOME", "CI" })
            start.Environment.Remove(name);
        // A launcher started by a test that itself was started by dotnet must not inherit that one's view of the SDK.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    public static async Task<LauncherRun> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new LauncherRun(process.ExitCode, await output, await errors);
    }
}
