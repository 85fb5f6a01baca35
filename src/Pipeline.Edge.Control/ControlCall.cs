using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Json;
using System.Text.Json;

namespace Pipeline.Edge.Control;

/// <summary>One order, in HTTP and JSON, on a connection of its own: one that was kept might lead to an edge that hands over to another.</summary>
internal static class ControlCall
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Sends and reads the answer, and closes the connection.</summary>
    /// <exception cref="EdgeAnswerException">The edge refused.</exception>
    public static async Task<T?> SendAsync<T>(Stream connection, HttpMethod method, string path, object? order, CancellationToken cancellation)
    {
        await using var closing = connection;
        using var client = Client(connection);
        using var request = new HttpRequestMessage(method, path) { Content = order is null ? null : JsonContent.Create(order, options: Json) };
        using var response = await client.SendAsync(request, cancellation);
        if (response.IsSuccessStatusCode)
            return await response.Content.ReadFromJsonAsync<T>(Json, cancellation);
        throw await EdgeAnswerException.ReadAsync(response, cancellation);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns its handler.")]
    private static HttpClient Client(Stream connection) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = (_, _) => ValueTask.FromResult(connection),
    })
    {
        BaseAddress = new Uri("http://edge"),
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
