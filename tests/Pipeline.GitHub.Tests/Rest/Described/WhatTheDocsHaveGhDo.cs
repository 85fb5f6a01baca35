using System.Diagnostics;
using System.Runtime.CompilerServices;
using Pipeline.Testing;

namespace Pipeline.GitHub.Tests.Rest.Described;

/// <summary>
/// The lines of docs/github.md that set a repository up are run by gh itself, as they stand there, and GitHub's description takes every request. What asks a person or
/// needs a newer gh than Debian's (<c>gh variable</c>, <c>gh run</c>, <c>gh workflow</c>, <c>gh repo</c>) is not run.
/// </summary>
public sealed class WhatTheDocsHaveGhDo(GitHubDescription github) : IClassFixture<GitHubDescription>
{
    [Fact]
    public async Task Every_request_is_one_that_GitHub_describes()
    {
        const string Repository = "/repos/octocat/example";
        await using var proxy = await WatchedProxy.OfAsync(github.Address);
        using var clone = new TemporaryDirectory();
        await File.WriteAllTextAsync(clone.Combine("signing.pem"), "a key", TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string>
        {
            // gh speaks to this host over http, which is meant for those who develop GitHub.
            ["GH_HOST"] = "github.localhost",
            ["GH_TOKEN"] = "a-token",
            ["GH_CONFIG_DIR"] = clone.Combine("gh"),
            ["GH_PROMPT_DISABLED"] = "1",
            ["HTTP_PROXY"] = proxy.Address,
            ["http_proxy"] = proxy.Address,
        };
        await RunAsync("git init --quiet && git remote add origin http://github.localhost/octocat/example.git", clone.Path, settings);

        Needs.Program("gh");
        foreach (var script in Scripts())
            await RunAsync(script, clone.Path, settings);

        Assert.Equal(
            [
                $"PUT {Repository}/actions/permissions 204",
                $"PUT {Repository}/actions/permissions/selected-actions 204",
                $"PUT {Repository}/actions/permissions/workflow 204",
                $"PUT {Repository}/environments/staging 200",
                $"PUT {Repository}/environments/build 200",
                $"PUT {Repository}/environments/production-watch 200",
                "GET /users/mia 200",
                $"PUT {Repository}/environments/production 200",
                $"POST {Repository}/environments/build/deployment-branch-policies 200",
                $"POST {Repository}/environments/production/deployment-branch-policies 200",
                $"POST {Repository}/environments/production-watch/deployment-branch-policies 200",
                $"GET {Repository}/environments/build/secrets/public-key 200",
                $"PUT {Repository}/environments/build/secrets/PIPELINE_SIGNING_KEY 201",
            ],
            proxy.Seen);
    }

    /// <summary>The blocks of shell that call GitHub's interface, and the lines that set a secret from a file.</summary>
    private static IEnumerable<string> Scripts()
    {
        var blocks = File.ReadAllText(Page()).Split("```sh\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]).ToArray();
        return blocks.Where(block => block.Contains("gh api ", StringComparison.Ordinal))
            .Concat(blocks.SelectMany(block => block.Split('\n')).Where(line => line.StartsWith("gh secret set ", StringComparison.Ordinal) && line.Contains('<', StringComparison.Ordinal)));
    }

    private static async Task RunAsync(string script, string folder, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{script}\nended with {process.ExitCode}:\n{output}{await error}");
    }

    private static string Page([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "..", "..", "docs", "github.md"));
}
