using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Verification.Checks.Sessions;

/// <summary>Makes the client of a session: by the way that users take, or by the private route to one side.</summary>
internal static class SessionTransport
{
    /// <summary>The address that checks build on. The private socket speaks plain HTTP, with the host that users name.</summary>
    public static Uri BaseAddress(DeliveryEnvironment environment, PrivateRoute? route) =>
        route is null ? environment.Url : new UriBuilder(environment.Url) { Scheme = Uri.UriSchemeHttp, Port = environment.Url.Port }.Uri;

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns its handler.")]
    public static HttpClient Connect(PrivateRoute? route, CookieContainer cookies)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            CookieContainer = cookies,
            UseProxy = false,
            ConnectCallback = route is null ? null : (_, cancellation) => ConnectAsync(route.SocketPath, cancellation),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Pipeline-Check/1.0");
        if (route is not null)
            client.DefaultRequestHeaders.Add(route.HeaderName, route.Colour.Name());
        return client;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the socket, and the client the stream.")]
    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
