using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Pipeline.Edge.Settings;

namespace Pipeline.Edge.Forwarding;

/// <summary>Connections to one instance: pooled, bare of everything a browser's client would add (redirects, cookies, decompression, proxies).</summary>
internal static class UpstreamConnections
{
    private const int ResponseHeaderKilobytes = 64;
    private const int KeepAliveSeconds = 5;
    private const int KeepAliveProbes = 2;
    private const int TcpLevel = 6;
    private const int TcpUserTimeout = 18;
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(KeepAliveSeconds * (1 + KeepAliveProbes));

    public static HttpMessageInvoker Create(EdgeSettings settings) => Invoker(settings, settings.BackendIdleTimeout, Timeout.InfiniteTimeSpan);

    /// <summary>A new connection for every probe, so that one shows whether the instance still accepts.</summary>
    public static HttpMessageInvoker CreateForProbes(EdgeSettings settings) => Invoker(settings, TimeSpan.Zero, TimeSpan.Zero);

    [SuppressMessage("Reliability", "CA2000", Justification = "The invoker owns its handler.")]
    private static HttpMessageInvoker Invoker(EdgeSettings settings, TimeSpan idle, TimeSpan lifetime) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        ActivityHeadersPropagator = null,
        ConnectTimeout = Timeout.InfiniteTimeSpan,
        PooledConnectionIdleTimeout = idle,
        PooledConnectionLifetime = lifetime,
        MaxResponseHeadersLength = ResponseHeaderKilobytes,
        // Header bytes are none of the edge's business: Latin-1 hands each one on as it came.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, settings.ConnectTimeout, cancellation),
    });

    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the socket.")]
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint endPoint, TimeSpan timeout, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            NoticeLoss(socket);
            if (IPAddress.TryParse(endPoint.Host, out var address))
                await socket.ConnectAsync(new IPEndPoint(address, endPoint.Port), limit.Token);
            else
                await socket.ConnectAsync(endPoint, limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A host that vanishes from the network says nothing, and a request that it has would wait until the activity time-out. What is asked here is whether
    // its system still acknowledges (RFC 9293, 3.8.4; RFC 5482): an instance may take as long as it likes.
    private static void NoticeLoss(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(TcpLevel, TcpUserTimeout, BitConverter.GetBytes((int)LostAfter.TotalMilliseconds));
    }
}
