using Microsoft.AspNetCore.Http;

namespace Pipeline.Edge.Forwarding;

/// <summary>How an answer of a stopping worker tells its client to come back on a new connection.</summary>
internal static class Retiring
{
    public static void EndConnection(HttpContext context)
    {
        // HTTP/2 has no such field; its connections were sent GOAWAY.
        if (HttpProtocol.IsHttp11(context.Request.Protocol) || HttpProtocol.IsHttp10(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
    }
}
