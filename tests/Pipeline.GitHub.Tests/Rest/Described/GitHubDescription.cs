using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Pipeline.GitHub.Rest;
using Pipeline.Testing;

namespace Pipeline.GitHub.Tests.Rest.Described;

/// <summary>GitHub's OpenAPI description, served by Prism: it refuses requests that the description does not allow, and answers with the description's examples.</summary>
public sealed class GitHubDescription : IAsyncLifetime
{
    private static readonly string[] Files = ["package.json", "package-lock.json", "subset.mjs"];

    private Process? prism;

    public Uri Address { get; } = new($"http://127.0.0.1:{LoopbackPort.Free()}");

    public HttpClient Http { get; } = new();

    public GitHubRepository Repository => new(new("octocat", "example"), new GivenToken("a-token", "the test"), new() { Api = Address, Retries = 0 }, Http, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        prism = await ServeAsync("mock", Address);
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (prism is not null)
        {
            prism.Kill(entireProcessTree: true);
            prism.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>Starts Prism with the description: to answer itself, or to hold another server against it.</summary>
    internal static async Task<Process> ServeAsync(string how, Uri address, params string[] more)
    {
        var node = Needs.Program("node");
        var folder = await InstallAsync(Needs.Program("npm"), node);
        var started = Process.Start(new ProcessStartInfo(
            node, [Path.Combine(folder, "node_modules", "@stoplight", "prism-cli", "dist", "index.js"), how, "--host", "127.0.0.1", "--port", $"{address.Port}", "description.json", .. more])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _ = started.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = started.StandardError.ReadToEndAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => ListensAsync(address.Port), "Prism listens", TimeSpan.FromSeconds(60));
        return started;
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Once for each state of the lock file, outside of the tree; a whole description of GitHub has 400 MB, of which 400 kB stay.</summary>
    private static async Task<string> InstallAsync(string npm, string node)
    {
        var sources = Sources();
        var hash = Convert.ToHexStringLower(SHA256.HashData([.. Files.SelectMany(file => File.ReadAllBytes(Path.Combine(sources, file)))]))[..16];
        var folder = Path.Combine(Path.GetTempPath(), $"pipeline-test-tools-{Environment.UserName}", $"github-{hash}");
        if (Directory.Exists(folder))
            return folder;
        var unfinished = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(unfinished);
        foreach (var file in Files)
            File.Copy(Path.Combine(sources, file), Path.Combine(unfinished, file));
        await RunAsync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], unfinished);
        await RunAsync(node, ["subset.mjs"], unfinished);
        Directory.Delete(Path.Combine(unfinished, "node_modules", "@octokit"), recursive: true);
        try
        {
            Directory.Move(unfinished, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(unfinished, recursive: true);
        }
        return folder;
    }

    private static async Task RunAsync(string program, string[] arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        Needs.That(process.ExitCode == 0, $"{Path.GetFileName(program)} {arguments[0]} ended with {process.ExitCode}: {await error}");
    }

    private static string Sources([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "node");
}
