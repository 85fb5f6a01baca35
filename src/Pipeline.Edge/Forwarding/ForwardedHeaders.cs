using Microsoft.AspNetCore.Http;
using Pipeline.Edge.Listening;

namespace Pipeline.Edge.Forwarding;

/// <summary>
/// Says who asked and what for: added to what a trusted proxy said, in place of what anybody else did.
/// </summary>
internal static class ForwardedHeaders
{
    public static void Write(HttpRequest request, ClientConnection connection, HttpRequestMessage sent)
    {
        var received = request.Headers;
        var headers = sent.Headers;
        if (!connection.IsTrusted)
        {
            foreach (var name in EdgeHeaders.OnlyFromTrusted)
            {
                if (received.ContainsKey(name))
                    headers.Remove(name);
            }
        }
        // Values of one name add up, so a trusted proxy's list grows by the client that the edge sees.
        if (connection.RemoteAddress is { } client)
            headers.TryAddWithoutValidation(EdgeHeaders.ForwardedFor, client);
        if (!connection.IsTrusted || !received.ContainsKey(EdgeHeaders.ForwardedProto))
            headers.TryAddWithoutValidation(EdgeHeaders.ForwardedProto, request.Scheme);
        if (!connection.IsTrusted || !received.ContainsKey(EdgeHeaders.ForwardedHost))
            headers.TryAddWithoutValidation(EdgeHeaders.ForwardedHost, request.Host.Value);
        headers.TryAddWithoutValidation(EdgeHeaders.Via, connection.IsHttp2 ? "2 " + EdgeHeaders.Pseudonym : "1.1 " + EdgeHeaders.Pseudonym);
    }
}
