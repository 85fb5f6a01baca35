using System.Net;
using Microsoft.AspNetCore.Http;
using Pipeline.Edge.Settings;
using Yarp.ReverseProxy.Forwarder;

namespace Pipeline.Edge.Forwarding;

/// <summary>How requests are forwarded: plain ones, ones that stay open, and gRPC, which knows HTTP/2 only.</summary>
internal sealed class ForwarderConfigurations(EdgeSettings settings)
{
    private readonly ForwarderRequestConfig plain = Configuration(settings.BackendVersion, settings.ActivityTimeout);
    private readonly ForwarderRequestConfig tunnel = Configuration(settings.BackendVersion, settings.TunnelTimeout);
    private readonly ForwarderRequestConfig upgrade = Configuration(HttpVersion.Version11, settings.TunnelTimeout);
    private readonly ForwarderRequestConfig grpc = Configuration(HttpVersion.Version20, settings.TunnelTimeout);

    public ForwarderRequestConfig For(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method))
            return upgrade;
        if (HttpProtocol.IsHttp2(request.Protocol) && request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true)
            return grpc;
        return headers.Accept.Count > 0 && headers.Accept[0]?.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) == true ? tunnel : plain;
    }

    private static ForwarderRequestConfig Configuration(Version version, TimeSpan activity) => new()
    {
        Version = version,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = activity,
        AllowResponseBuffering = false,
    };
}
