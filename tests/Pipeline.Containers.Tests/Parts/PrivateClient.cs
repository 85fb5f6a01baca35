using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Containers.Tests.Parts;

/// <summary>A client that takes the private route to one side.</summary>
internal static class PrivateClient
{
    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns its handler, the handler the streams.")]
    public static HttpClient To(PrivateRoute route)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(route.SocketPath), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        client.DefaultRequestHeaders.Add(route.HeaderName, route.Colour.Name());
        return client;
    }
}
