using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Pipeline.Testing.Registries;

/// <summary>A real registry, Debian's <c>docker-registry</c>, on a port of the loopback address. It ends with the test, even when that is killed.</summary>
public sealed class LoopbackRegistry : IAsyncDisposable
{
    // The shell waits for the test's end of the pipe, which the system closes when the test dies.
    private const string EndWithParent = "docker-registry serve \"$0\" >>\"$0.log\" 2>&1 & registry=$!; read -r _; kill -9 $registry";
    private readonly TemporaryDirectory folder = new();
    private readonly string configuration;
    private readonly string scheme;
    private Process? shell;

    private LoopbackRegistry(string host, RegistrySetup setup)
    {
        Needs.Program("docker-registry");
        Host = $"{host}:{LoopbackPort.Free()}";
        scheme = setup.Certificate is null ? "http" : "https";
        configuration = folder.Combine("config.yml");
        File.WriteAllText(configuration, Configuration(setup));
        if (setup.Users.Length > 0)
            File.WriteAllText(folder.Combine("users"), setup.Users);
    }

    /// <summary>Host and port, as references begin.</summary>
    public string Host { get; }

    /// <summary>The folder that it keeps everything in.</summary>
    public string Storage => folder.Combine("blobs");

    public string Log => File.ReadAllText(configuration + ".log");

    public static Task<LoopbackRegistry> StartAsync() => StartAsync(new RegistrySetup());

    public static async Task<LoopbackRegistry> StartAsync(RegistrySetup setup)
    {
        var registry = new LoopbackRegistry("127.0.0.1", setup);
        await registry.StartAgainAsync();
        return registry;
    }

    /// <summary>The file of a blob, for tests that tamper with it.</summary>
    public string Blob(string digest)
    {
        var hex = digest[(digest.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return Path.Combine(Storage, "docker", "registry", "v2", "blobs", "sha256", hex[..2], hex, "data");
    }

    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", EndWithParent, configuration]) { RedirectStandardInput = true };
        shell = Process.Start(start)!;
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true, CheckCertificateRevocationList = true };
        using var client = new HttpClient(handler);
        await Eventually.HoldsAsync(async () => await AnswersAsync(client), $"a registry answers at {Host}");
    }

    /// <summary>Ends it at once: requests in flight break off.</summary>
    public async Task KillAsync()
    {
        if (shell is null)
            return;
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
        shell = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        folder.Dispose();
    }

    private async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{scheme}://{Host}/v2/");
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("nobody:nothing")));
            using var answer = await client.SendAsync(request);
            return answer.Headers.Contains("Docker-Distribution-Api-Version");
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Configuration(RegistrySetup setup) => $"""
        version: 0.1
        log:
          level: info
        storage:
          filesystem:
            rootdirectory: "{Storage}"
          delete:
            enabled: true
          redirect:
            disable: true
        http:
          addr: "{Host}"
          secret: the same after a restart
        {(setup.Certificate is null ? "" : $"  tls:\n    certificate: \"{setup.Certificate}\"\n    key: \"{setup.Key}\"")}
        {(setup.Users.Length == 0 ? "" : $"auth:\n  htpasswd:\n    realm: tests\n    path: \"{folder.Combine("users")}\"")}
        {(setup.TokenRealm is null ? "" : $"auth:\n  token:\n    realm: {setup.TokenRealm}\n    service: tests\n    issuer: tests\n    rootcertbundle: \"{setup.TokenCertificate}\"")}
        """;
}
