using System.Net.Sockets;

namespace Pipeline.Verification.Http;

/// <summary>Says in a few words why a request got no answer.</summary>
internal static class RequestFailure
{
    public static string Describe(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
                return Describe(socket);
        }
        return failure is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
            or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }
            ? "the connection was closed before the answer was complete"
            : failure.GetBaseException().Message;
    }

    private static string Describe(SocketException socket) => socket.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset",
        SocketError.HostNotFound or SocketError.NoData => "host not found",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "host unreachable",
        SocketError.AddressNotAvailable => "the socket is not there",
        _ => socket.Message,
    };
}
