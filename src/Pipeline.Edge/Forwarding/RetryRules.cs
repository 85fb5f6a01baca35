using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Pipeline.Edge.Forwarding;

/// <summary>When a request may be sent a second time (RFC 9110, 9.2.2).</summary>
internal static class RetryRules
{
    /// <summary>Whether no connection could be made, so that the instance has seen nothing of the request.</summary>
    public static bool IsUnreachable(Exception? problem) =>
        problem is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError, InnerException: SocketException };

    /// <summary>Whether the request broke before an answer began and means the same when it is made twice.</summary>
    public static bool IsSafeToRepeat(HttpContext context, ForwarderError error)
    {
        var method = context.Request.Method;
        var idempotent = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
            || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) || HttpMethods.IsTrace(method);
        return error == ForwarderError.Request && idempotent && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
    }

    /// <summary>The status for a request that the user's side made impossible: a body too large, too slow or malformed.</summary>
    public static int? ClientFault(Exception? problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is BadHttpRequestException bad)
                return bad.StatusCode;
        }
        return null;
    }
}
