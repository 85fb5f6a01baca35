using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Pipeline.Edge.Listening;

/// <summary>
/// A listener as Kestrel sees it: connections come through a queue, already accepted and sorted by protocol. Kestrel speaks one protocol on an
/// endpoint without TLS; with one doorway for each, HTTP/1.1 and HTTP/2 share a port.
/// </summary>
internal sealed class Doorway(string name) : EndPoint, IConnectionListener
{
    private readonly Channel<ConnectionContext> connections =
        Channel.CreateUnbounded<ConnectionContext>(new UnboundedChannelOptions { SingleReader = true });

    EndPoint IConnectionListener.EndPoint => this;

    public ValueTask PassAsync(ConnectionContext connection) =>
        connections.Writer.TryWrite(connection) ? ValueTask.CompletedTask : connection.DisposeAsync();

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await connections.Reader.WaitToReadAsync(cancellationToken))
        {
            if (connections.Reader.TryRead(out var connection))
                return connection;
        }
        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        connections.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        connections.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public override string ToString() => name;
}
