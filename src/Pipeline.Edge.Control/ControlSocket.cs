using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Pipeline.Edge.Control;

/// <summary>Speaks HTTP and JSON with a running edge.</summary>
internal sealed class ControlSocket(string directory)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The recorded paths; null when no edge has run in the folder.</summary>
    public SocketPaths? Paths()
    {
        try
        {
            return JsonSerializer.Deserialize<SocketPaths>(File.ReadAllBytes(Path.Combine(directory, "sockets.json")), Json);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Sends and reads the answer; null when no edge is there to take it.</summary>
    public async Task<T?> SendAsync<T>(HttpMethod method, string path, object? order, CancellationToken cancellation)
        where T : class
    {
        if (Paths() is not { } paths)
            return null;
        using var client = Client(paths.Control);
        using var request = new HttpRequestMessage(method, path) { Content = order is null ? null : JsonContent.Create(order, options: Json) };
        try
        {
            using var response = await client.SendAsync(request, cancellation);
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadFromJsonAsync<T>(Json, cancellation);
            throw await EdgeAnswerException.ReadAsync(response, cancellation);
        }
        catch (HttpRequestException problem) when (IsNobodyThere(problem))
        {
            return null;
        }
    }

    private static bool IsNobodyThere(HttpRequestException problem) => problem.InnerException is SocketException
    {
        SocketErrorCode: SocketError.ConnectionRefused or SocketError.AddressNotAvailable or SocketError.NetworkUnreachable or SocketError.HostNotFound,
    } or SocketException { NativeErrorCode: 2 };

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns its handler.")]
    private static HttpClient Client(string socketPath) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = (_, cancellation) => ConnectAsync(socketPath, cancellation),
    })
    {
        BaseAddress = new Uri("http://edge"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the socket.")]
    private static async ValueTask<Stream> ConnectAsync(string socketPath, CancellationToken cancellation)
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
    }
}
