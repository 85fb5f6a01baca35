using System.Diagnostics;
using Build.Tests.Sources;

namespace Build.Tests.FrontDoor;

/// <summary>This repository's build program as a process of its own, in a repository of a test.</summary>
internal sealed class BuildProgram(GitClone clone)
{
    // What a surrounding runner or person said must not answer for the test.
    private static readonly string[] Surrounding = ["GITHUB_", "PIPELINE_", "STAGING_", "PRODUCTION_", "RUNNER_"];

    // Where it was compiled to, with the programs that it starts beside it.
    private static string Program => Path.Combine(Repository.Root, "build", Path.GetRelativePath(Repository.File("tests/Build.Tests"), AppContext.BaseDirectory), "Build.dll");

    public Dictionary<string, string> Variables { get; } = [];

    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = clone.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => Surrounding.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToArray())
            start.Environment.Remove(name);
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
