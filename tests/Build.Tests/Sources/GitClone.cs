using System.Diagnostics;
using Pipeline.Applications.Sources.Git;
using Pipeline.Testing;

namespace Build.Tests.Sources;

/// <summary>A repository in a temporary folder, driven by the machine's git.</summary>
internal sealed class GitClone : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly string name;
    private int commits;

    public GitClone(string name = "clone")
    {
        this.name = name;
        Needs.Program("git");
        Directory.CreateDirectory(Path);
    }

    public string Path => folder.Combine(name);

    public static async Task<GitClone> CreateAsync()
    {
        var clone = new GitClone();
        await clone.GitAsync("init", "--quiet", "--initial-branch=main");
        return clone;
    }

    public static Task<GitClone> OfAsync(GitClone other, params string[] arguments) => OfAsync(new GitClone(), other, arguments);

    /// <summary>Clones into a folder whose name has in it what command lines and properties are split at.</summary>
    public static Task<GitClone> IntoAwkwardFolderAsync(GitClone other) => OfAsync(new GitClone("a,b=c d"), other);

    private static async Task<GitClone> OfAsync(GitClone clone, GitClone other, params string[] arguments)
    {
        await clone.GitAsync(["clone", "--quiet", .. arguments, new Uri(other.Path).AbsoluteUri, "."]);
        return clone;
    }

    public string Write(string path, string content)
    {
        var full = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return full;
    }

    /// <summary>Commits everything; the first commit at second 1,700,000,001, each a second later.</summary>
    public async Task<string> CommitAsync(params string[] options)
    {
        commits++;
        await GitAsync("add", "--all");
        await GitAsync(["commit", "--quiet", "--allow-empty", "--message", $"commit {commits}", .. options]);
        return await GitAsync("rev-parse", "HEAD");
    }

    public Task TagAsync(string name) => GitAsync("tag", name);

    public Task<GitFacts> FactsAsync() => GitFactsReader.ReadAsync(Path, TestContext.Current.CancellationToken);

    public async Task<string> VersionAsync() => (await FactsAsync()).Version;

    public async Task<string> GitAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Path, RedirectStandardOutput = true, RedirectStandardError = true };
        var person = new Dictionary<string, string>
        {
            ["GIT_AUTHOR_NAME"] = "A",
            ["GIT_AUTHOR_EMAIL"] = "a@example.org",
            ["GIT_COMMITTER_NAME"] = "C",
            ["GIT_COMMITTER_EMAIL"] = "c@example.org",
            ["GIT_AUTHOR_DATE"] = $"{1_600_000_000 + commits} +0200",
            ["GIT_COMMITTER_DATE"] = $"{1_700_000_000 + commits} +0200",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_SYSTEM"] = "/dev/null",
        };
        foreach (var (name, value) in person)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)}: {await errors}");
        return output.Trim();
    }

    public void Dispose()
    {
        // Objects of git are read-only.
        foreach (var file in new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.LinkTarget is null))
            file.IsReadOnly = false;
        folder.Dispose();
    }
}
