using System.Diagnostics;
using Xunit;

namespace Pipeline.Testing.Docker.Registries;

/// <summary>A registry of the tests' own: Debian's <c>docker-registry</c>, with its blobs in a folder.</summary>
public sealed class TestRegistry
{
    private Process? process;

    internal TestRegistry(string folder, string host, int port) => (Folder, Address) = (folder, $"{host}:{port}");

    /// <summary>The folder of its configuration and, in <c>blobs</c>, of all it stores.</summary>
    public string Folder { get; }

    /// <summary>Host and port, as image references begin.</summary>
    public string Address { get; }

    /// <summary>Starts it; it speaks plain HTTP, which the stage's engines allow for their own network.</summary>
    public async Task StartAsync()
    {
        Directory.CreateDirectory(Folder);
        var configuration = Path.Combine(Folder, "config.yml");
        await File.WriteAllTextAsync(configuration, Configuration());
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec docker-registry serve \"$0\" >>\"$0.log\" 2>&1", configuration]) { RedirectStandardInput = true };
        process = Process.Start(start)!;
        using var client = new HttpClient();
        await Eventually.HoldsAsync(async () => await AnswersAsync(client), $"a registry answers at {Address}");
    }

    /// <summary>Ends it at once: requests in flight break off.</summary>
    public async Task StopAsync()
    {
        if (process is null)
            return;
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>The file of a blob, for tests that tamper with it.</summary>
    public string Blob(string digest)
    {
        var hex = digest[(digest.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return Path.Combine(Folder, "blobs", "docker", "registry", "v2", "blobs", "sha256", hex[..2], hex, "data");
    }

    private async Task<bool> AnswersAsync(HttpClient client)
    {
        if (process!.HasExited)
            Assert.Fail($"docker-registry ended with {process.ExitCode}: {await File.ReadAllTextAsync(Path.Combine(Folder, "config.yml.log"))}");
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://{Address}/v2/"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Configuration() => $"""
        version: 0.1
        log:
          level: warn
        storage:
          filesystem:
            rootdirectory: {Path.Combine(Folder, "blobs")}
          delete:
            enabled: true
        http:
          addr: {Address}

        """;
}
