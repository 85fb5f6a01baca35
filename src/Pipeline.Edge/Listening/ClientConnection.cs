using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Pipeline.Edge.Settings;

namespace Pipeline.Edge.Listening;

/// <summary>What the edge knows of one client's connection; every request on it finds this among its features.</summary>
internal sealed class ClientConnection
{
    private readonly ConnectionContext connection;
    private int active;
    private bool hasAsked;
    private long idleSince;

    public ClientConnection(ConnectionContext connection, ConnectionKind kind, EdgeSettings settings)
    {
        this.connection = connection;
        Kind = kind;
        idleSince = Environment.TickCount64;
        var remote = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (remote is { IsIPv4MappedToIPv6: true })
            remote = remote.MapToIPv4();
        RemoteAddress = remote?.ToString();
        IsTrusted = kind == ConnectionKind.Private || (remote is not null && settings.TrustedProxies.Any(network => network.Contains(remote)));
    }

    public ConnectionKind Kind { get; }

    /// <summary>The client's address; null on a local socket.</summary>
    public string? RemoteAddress { get; }

    /// <summary>Whether its word on where a request came from is taken.</summary>
    public bool IsTrusted { get; }

    public bool IsHttp2 { get; set; }

    /// <summary>Ends the wait for the connection's first bytes; null once they came.</summary>
    public CancellationTokenSource? Sniffing { get; set; }

    /// <summary>Since when no request is under way, on the machine's clock since boot; null while one is.</summary>
    public long? IdleSince => Volatile.Read(ref active) > 0 ? null : Volatile.Read(ref idleSince);

    /// <summary>Whether any request came on it.</summary>
    public bool HasAsked => Volatile.Read(ref hasAsked);

    public void RequestBegan()
    {
        Volatile.Write(ref hasAsked, true);
        Interlocked.Increment(ref active);
    }

    public void RequestEnded()
    {
        Volatile.Write(ref idleSince, Environment.TickCount64);
        Interlocked.Decrement(ref active);
    }

    /// <summary>Asks the connection to end after the requests under way: at once when there are none, with GOAWAY in HTTP/2.</summary>
    public void EndGently()
    {
        if (Sniffing is { } sniffing)
            sniffing.Cancel();
        else
            connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
    }
}
