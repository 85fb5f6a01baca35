using Microsoft.AspNetCore.Http;
using Pipeline.Edge.Listening;

namespace Pipeline.Edge.Forwarding;

/// <summary>How an answer of a stopping worker tells its client to come back on a new connection.</summary>
internal static class Retiring
{
    public static void EndConnection(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol) || HttpProtocol.IsHttp10(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        else
            context.Features.Get<ClientConnection>()!.EndGently();
    }
}
