using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pipeline.Edge.Forwarding;

/// <summary>Refuses what Kestrel lets through but two servers could read differently (request smuggling, RFC 9112, 11.2).</summary>
internal static class RequestRules
{
    // Where both lengths are given, Kestrel takes Transfer-Encoding and keeps the other one under this name.
    private const string SetAsideLength = "X-Content-Length";

    /// <summary>Why the request is refused; null when it is not.</summary>
    public static Refusal? Refuse(HttpContext context)
    {
        var request = context.Request;
        var headers = request.Headers;
        if (headers.TransferEncoding.Count > 0)
        {
            if (headers.ContentLength is not null || headers.ContainsKey(SetAsideLength))
                return new(StatusCodes.Status400BadRequest, "both Content-Length and Transfer-Encoding are given; send one of them");
            if (HttpProtocol.IsHttp10(request.Protocol))
                return new(StatusCodes.Status400BadRequest, "Transfer-Encoding is given in HTTP/1.0; send Content-Length or use HTTP/1.1");
        }
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (IsTunnel(context))
            return new(StatusCodes.Status501NotImplemented, "CONNECT is for forward proxies; this server is none");
        if (target is "*" or "" || (!target.StartsWith('/') && !target.Contains("://", StringComparison.Ordinal)))
            return new(StatusCodes.Status400BadRequest, $"the request target '{target}' names no resource; ask for a path");
        return null;
    }

    // Extended CONNECT (RFC 8441) is how a WebSocket begins in HTTP/2.
    private static bool IsTunnel(HttpContext context) =>
        HttpMethods.IsConnect(context.Request.Method) && context.Features.Get<IHttpExtendedConnectFeature>() is not { IsExtendedConnect: true };
}

/// <summary>An answer given instead of forwarding.</summary>
internal sealed record Refusal(int Status, string Reason);
