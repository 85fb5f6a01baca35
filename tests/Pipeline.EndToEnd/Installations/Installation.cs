using System.Diagnostics;
using System.Text.Json;
using Pipeline.Supervision;

namespace Pipeline.EndToEnd.Installations;

/// <summary>
/// A clone of this repository with a state folder and ports of its own, driven as a user drives it: through <c>./build.sh</c>. Evidence and artifacts
/// of the surrounding checkout come along, so that what was linted, tested and built there is not linted, tested and built again.
/// </summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly string root = Path.Combine(Path.GetTempPath(), $"pipeline e2e {Guid.NewGuid():N}"[..24]);

    public Installation(Installation? sibling = null)
    {
        StagingPort = LoopbackPort.Free();
        ProductionPort = LoopbackPort.Free();
        Directory.CreateDirectory(root);
        File.SetUnixFileMode(root, (UnixFileMode)Convert.ToInt32("755", 8));
        Git(Path.GetTempPath(), "clone", "--quiet", sibling?.Repository ?? Surroundings.Repository, Repository);
        foreach (var folder in new[] { "evidence", "artifacts" })
            Copy(Path.Combine(sibling?.Home ?? Surroundings.Home, folder), Path.Combine(Home, folder));
    }

    public string Repository => Path.Combine(root, "repo");

    public string Home => Path.Combine(Repository, ".pipeline");

    public int StagingPort { get; }

    public int ProductionPort { get; }

    public Uri Staging => new($"http://127.0.0.1:{StagingPort}");

    public Uri Production => new($"http://127.0.0.1:{ProductionPort}");

    public Dictionary<string, string> Environment { get; } = new() { ["PIPELINE_WATCH"] = "3s" };

    /// <summary>Runs <c>./build.sh</c> to its end.</summary>
    public async Task<RunResult> RunAsync(params string[] arguments)
    {
        await using var run = Start(arguments);
        return await run.EndAsync();
    }

    /// <summary>Starts <c>./build.sh</c> and leaves it running.</summary>
    public BuildRun Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Repository, "build.sh"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Remove("PIPELINE_HOME");
        start.Environment["PIPELINE_STAGING_PORT"] = $"{StagingPort}";
        start.Environment["PIPELINE_PRODUCTION_PORT"] = $"{ProductionPort}";
        foreach (var (key, value) in Environment)
            start.Environment[key] = value;
        return new(Process.Start(start)!);
    }

    public async Task<JsonElement> StatusAsync(string environment)
    {
        var result = (await RunAsync("--target", "Status", "--json")).Expect(0);
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.GetProperty("environments").EnumerateArray().Single(each => each.GetProperty("name").GetString() == environment).Clone();
    }

    public async Task<string?> ServingAsync(string environment) =>
        (await StatusAsync(environment)).GetProperty("release") is { ValueKind: JsonValueKind.Object } release ? release.GetProperty("digest").GetString() : null;

    public async ValueTask DisposeAsync()
    {
        await RunAsync("--target", "Down", "--delete-data", "true");
        if (System.Environment.GetEnvironmentVariable("PIPELINE_TEST_KEEP") != "1")
            Directory.Delete(root, recursive: true);
    }

    /// <summary>The supervised processes of this installation, once it has run.</summary>
    public Supervisors Supervisors() => new(
        Directory.EnumerateFiles(Path.Combine(Home, "programs", "supervisor"), "Pipeline.Supervisor.dll", SearchOption.AllDirectories).First(), TimeProvider.System);

    public static void Git(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = directory, RedirectStandardError = true };
        using var git = Process.Start(start)!;
        var error = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, error);
    }

    private static void Copy(string from, string to)
    {
        if (!Directory.Exists(from))
            return;
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
