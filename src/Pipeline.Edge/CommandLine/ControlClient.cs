using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Edge.Administration;

namespace Pipeline.Edge.CommandLine;

/// <summary>Speaks with the edge of a folder over its control socket.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly HttpClient client;

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns its handler.")]
    private ControlClient(string socketPath) => client = new HttpClient(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = new Uri("http://edge"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The client of the edge in a folder; null when none ever ran there.</summary>
    public static ControlClient? For(string directory) =>
        SocketPaths.Read(Path.GetFullPath(directory)) is { } paths ? new ControlClient(paths.Control) : null;

    public async Task<ControlAnswer> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        return await SendAsync(request);
    }

    public async Task<ControlAnswer> SendAsync<T>(HttpMethod method, string path, T order, JsonTypeInfo<T> type)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(order, type)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await SendAsync(request);
    }

    public void Dispose() => client.Dispose();

    private async Task<ControlAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request);
        return new ControlAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}

/// <summary>An answer of the control socket.</summary>
internal sealed record ControlAnswer(int Status, string Body);
