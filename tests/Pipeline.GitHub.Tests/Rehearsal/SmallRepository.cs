using System.Diagnostics;
using Pipeline.GitHub.Rehearsal;
using Pipeline.Testing;

namespace Pipeline.GitHub.Tests.Rehearsal;

/// <summary>A git repository with one workflow, which is rehearsed for real.</summary>
internal sealed class SmallRepository : IDisposable, IRehearsalLog
{
    private readonly TemporaryDirectory folder = new();
    private readonly List<string> lines = [];

    internal SmallRepository(string workflow, params (string File, string Text)[] files)
    {
        Needs.Program("git");
        Directory.CreateDirectory(Folder);
        Git("init", "--quiet", "--initial-branch", "main");
        foreach (var (file, text) in files.Append((".github/workflows/ci.yml", workflow)))
            Write(file, text);
        Commit("The first");
    }

    internal string Folder => folder.Combine("repository");

    internal string Store => folder.Combine("state", "ci");

    internal string Log
    {
        get
        {
            lock (lines)
                return string.Join('\n', lines);
        }
    }

    internal IReadOnlyList<string> Masked { get; } = new List<string>();

    internal RehearsalRequest Request => new()
    {
        Repository = Folder,
        Workflow = "ci",
        State = folder.Combine("state"),
        Actor = "mona",
        Name = new("octocat", "example"),
    };

    internal Task<RehearsalReport> RehearseAsync(Func<RehearsalRequest, RehearsalRequest>? change = null, CancellationToken? cancellation = null) =>
        new WorkflowRehearsal(TimeProvider.System).RunAsync(change?.Invoke(Request) ?? Request, this, cancellation ?? TestContext.Current.CancellationToken);

    internal async Task<RehearsalReport> ExpectAsync(params string[] results)
    {
        var report = await RehearseAsync();
        ExpectResults(report, results);
        return report;
    }

    internal void ExpectResults(RehearsalReport report, params string[] results)
    {
        string[] found = [.. report.Jobs.Select(job => $"{job.Id} {job.Result}")];
        Assert.True(found.SequenceEqual(results), $"expected {string.Join(", ", results)}, got {string.Join(", ", found)}:\n{Log}");
    }

    internal void ExpectLine(string line) => Assert.True(Log.Split('\n').Contains(line), $"expected the line '{line}' in:\n{Log}");

    internal async Task ExpectRefusedAsync(params string[] faults) =>
        Assert.Equal(faults, (await Assert.ThrowsAsync<RehearsalException>(() => RehearseAsync())).Faults);

    internal void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    internal void Commit(string message)
    {
        Git("add", "--all");
        Git("-c", "user.name=Mona", "-c", "user.email=mona@example.org", "commit", "--quiet", "--message", message);
    }

    internal string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output.Trim();
    }

    void IRehearsalLog.Say(string line)
    {
        lock (lines)
            lines.Add(line);
    }

    void IRehearsalLog.Mask(string secret) => ((List<string>)Masked).Add(secret);

    public void Dispose() => folder.Dispose();
}
