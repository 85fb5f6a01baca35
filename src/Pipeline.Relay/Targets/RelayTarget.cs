using System.Globalization;
using System.Net.Sockets;

namespace Pipeline.Relay.Targets;

/// <summary>
/// What a relay joins a connection with, as the relay's own machine or container names it: <c>unix:/run/edge/control.sock</c>, <c>tcp:172.18.0.5:8080</c>,
/// <c>tcp:postgres:5432</c>, <c>tcp:[::1]:80</c>.
/// </summary>
public sealed record RelayTarget
{
    private const string Unix = "unix:";
    private const string Tcp = "tcp:";
    private const int LongestPath = 107;

    private readonly string host;
    private readonly int port;

    private RelayTarget(string host, int port)
    {
        this.host = host;
        this.port = port;
    }

    /// <summary>A Unix domain socket.</summary>
    /// <param name="path">Absolute, at most 107 bytes (unix(7)).</param>
    /// <exception cref="RelayException">The path is none.</exception>
    public static RelayTarget ToUnix(string path) => Parse(Unix + path);

    /// <summary>A port.</summary>
    /// <param name="host">A name or an IP address.</param>
    /// <param name="port">1 to 65535.</param>
    /// <exception cref="RelayException">The port is none.</exception>
    public static RelayTarget ToTcp(string host, int port) =>
        Parse(string.Create(CultureInfo.InvariantCulture, $"{Tcp}{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}"));

    /// <summary>Reads a target.</summary>
    /// <exception cref="RelayException">The text is none; the message says how one is written.</exception>
    public static RelayTarget Parse(string text)
    {
        if (text.StartsWith(Unix, StringComparison.Ordinal) && text[Unix.Length..] is ['/', ..] path && System.Text.Encoding.UTF8.GetByteCount(path) <= LongestPath)
            return new(path, 0);
        if (text.StartsWith(Tcp, StringComparison.Ordinal) && text.LastIndexOf(':') is var colon && colon > Tcp.Length
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535)
        {
            var host = text[Tcp.Length..colon];
            if (host is ['[', .. var inner, ']'])
                return new(inner, port);
            if (!host.Contains(':', StringComparison.Ordinal) && !host.Contains('/', StringComparison.Ordinal))
                return new(host, port);
        }
        throw new RelayException($"relay: '{text}' is no target; write unix:/absolute/path (at most {LongestPath} bytes) or tcp:host:port");
    }

    /// <summary>Connects from here.</summary>
    /// <exception cref="RelayException">Nobody answers there.</exception>
    public async Task<Socket> ConnectAsync(CancellationToken cancellation)
    {
        var socket = port == 0
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (port == 0)
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(host), cancellation);
            else
                await socket.ConnectAsync(host, port, cancellation);
            return socket;
        }
        catch (SocketException problem)
        {
            socket.Dispose();
            throw new RelayException($"relay: {this}: {(port == 0 && problem.SocketErrorCode == SocketError.AddressNotAvailable ? "no socket is there" : problem.Message)}", problem) { NobodyListens = true };
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => port == 0
        ? Unix + host
        : string.Create(CultureInfo.InvariantCulture, $"{Tcp}{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}");
}
