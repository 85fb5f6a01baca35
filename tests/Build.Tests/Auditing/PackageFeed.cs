using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Build.Tests.Auditing;

/// <summary>A web server with a text for each path; all other paths are not found.</summary>
internal sealed class PackageFeed : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, string> texts = [];
    private readonly Task serving;

    public PackageFeed()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public string Address => $"http://{listener.LocalEndpoint}";

    public string Index => $"{Address}/v3/index.json";

    /// <summary>Knows of one vulnerability and has no packages: https://learn.microsoft.com/nuget/api/vulnerability-info.</summary>
    public PackageFeed Knowing(string package, string versions) =>
        Add("/v3/index.json", $$"""{"version":"3.0.0","resources":[{"@id":"{{Address}}/packages/","@type":"PackageBaseAddress/3.0.0"},{"@id":"{{Address}}/known/index.json","@type":"VulnerabilityInfo/6.7.0"}]}""")
            .Add("/known/index.json", $$"""[{"@name":"base","@id":"{{Address}}/known/base.json","@updated":"2026-11-01T00:00:00Z"}]""")
            .Add("/known/base.json", $$"""{"{{package}}":[{"severity":2,"url":"https://example.org/advisories/1","versions":"{{versions}}"}]}""");

    public PackageFeed WithIndex(string index) => Add("/v3/index.json", index);

    /// <summary>Has no packages and knows of nothing.</summary>
    public PackageFeed Silent() => WithIndex($$"""{"version":"3.0.0","resources":[{"@id":"{{Address}}/packages/","@type":"PackageBaseAddress/3.0.0"}]}""");

    private PackageFeed Add(string path, string text)
    {
        texts[path] = text;
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            var request = new StringBuilder();
            var buffer = new byte[4096];
            while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await client.GetStream().ReadAsync(buffer);
                if (read == 0)
                    return;
                request.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }
            var found = texts.TryGetValue(request.ToString().Split(' ')[1], out var text);
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
                $"HTTP/1.1 {(found ? "200 OK" : "404 Not Found")}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(text ?? "")}\r\nConnection: close\r\n\r\n{text}"));
        }
    }
}
