using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Pipeline.Edge.Listening;
using Yarp.ReverseProxy.Forwarder;

namespace Pipeline.Edge.Forwarding;

/// <summary>What changes between a user's request and the instance's, and between the instance's answer and the user's.</summary>
internal sealed class EdgeTransformer(string prefix, string digest, EdgeServices services) : HttpTransformer
{
    private static readonly UriCreationOptions AsReceived = new() { DangerousDisablePathAndQueryCanonicalization = true };
    private readonly StringValues release = new(digest);

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var connection = httpContext.Features.Get<ClientConnection>()!;
        proxyRequest.RequestUri = new Uri(prefix + RequestTarget.Path(httpContext.Features.Get<IHttpRequestFeature>()!.RawTarget), AsReceived);
        HopByHop.Remove(httpContext.Request.Headers, proxyRequest);
        ForwardedHeaders.Write(httpContext.Request, connection, proxyRequest);
        // The instance says whether it wants the body; only then is the client asked for it (RFC 9110, 10.1.1).
        if (proxyRequest.Content is not null && httpContext.Request.Headers.Expect.Count > 0)
            proxyRequest.Headers.ExpectContinue = true;
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (proxyResponse is null)
            return true;
        HopByHop.Remove(proxyResponse, httpContext.Response.Headers);
        Mark(httpContext);
        httpContext.Features.Get<RequestProgress>()!.AnswerBegan(proxyResponse);
        return true;
    }

    /// <summary>Names the release on an answer, and ends the connection after it when the worker is stopping.</summary>
    public void Mark(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers[EdgeHeaders.Release] = release;
        if (services.IsRetiring && httpContext.Response.StatusCode != StatusCodes.Status101SwitchingProtocols)
            Retiring.EndConnection(httpContext);
    }
}
