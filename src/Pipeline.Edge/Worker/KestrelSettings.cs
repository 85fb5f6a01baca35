using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Pipeline.Edge.Listening;
using Pipeline.Edge.Settings;

namespace Pipeline.Edge.Worker;

/// <summary>Kestrel itself, without a host around it.</summary>
internal static class KestrelSettings
{
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    public static KestrelServer Server(Doorways doorways, EdgeSettings settings)
    {
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            AllowResponseHeaderCompression = false,
            RequestHeaderEncodingSelector = _ => Encoding.Latin1,
            ResponseHeaderEncodingSelector = _ => Encoding.Latin1,
        };
        var limits = options.Limits;
        limits.MaxRequestHeadersTotalSize = settings.MaxHeaderBytes;
        limits.MaxRequestLineSize = Math.Min(limits.MaxRequestLineSize * 2, settings.MaxHeaderBytes);
        limits.MaxRequestBufferSize = Math.Max(limits.MaxRequestBufferSize ?? 0, settings.MaxHeaderBytes + limits.MaxRequestLineSize);
        limits.MaxRequestBodySize = settings.MaxBodyBytes;
        limits.RequestHeadersTimeout = settings.HeaderTimeout;
        limits.KeepAliveTimeout = settings.KeepAliveTimeout;
        limits.MinRequestBodyDataRate = settings.MinBodyRate == 0 ? null : new MinDataRate(settings.MinBodyRate, GracePeriod);
        limits.MinResponseDataRate = limits.MinRequestBodyDataRate;
        options.Listen(doorways.Http1, listen => listen.Protocols = HttpProtocols.Http1);
        options.Listen(doorways.Http2, listen => listen.Protocols = HttpProtocols.Http2);
        options.Listen(doorways.Operators, listen => listen.Protocols = HttpProtocols.Http1);
        return new KestrelServer(Options.Create(options), new DoorwayFactory(), NullLoggerFactory.Instance);
    }
}
