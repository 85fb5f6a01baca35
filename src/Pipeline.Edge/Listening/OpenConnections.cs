using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Pipeline.Edge.Settings;

namespace Pipeline.Edge.Listening;

/// <summary>All connections of clients, and the limit on their number. Those above it wait in the kernel's listen queue.</summary>
internal sealed class OpenConnections(EdgeSettings settings) : IDisposable
{
    private readonly ConcurrentDictionary<ClientConnection, ConnectionKind> connections = new();
    private readonly SemaphoreSlim places = new(settings.MaxConnections);

    public int Count => connections.Count;

    /// <summary>The connections of users.</summary>
    public IEnumerable<ClientConnection> Public => connections.Where(entry => entry.Value == ConnectionKind.Public).Select(entry => entry.Key);

    public Task WaitForPlaceAsync(ConnectionKind kind, CancellationToken cancellation) =>
        kind == ConnectionKind.Public ? places.WaitAsync(cancellation) : Task.CompletedTask;

    public void GiveBackPlace(ConnectionKind kind)
    {
        if (kind == ConnectionKind.Public)
            places.Release();
    }

    public ClientConnection Add(ConnectionContext connection, ConnectionKind kind)
    {
        var client = new ClientConnection(connection, kind, settings);
        connection.Features.Set(client);
        connections[client] = kind;
        connection.ConnectionClosed.Register(() => Remove(client));
        return client;
    }

    public void Dispose() => places.Dispose();

    private void Remove(ClientConnection client)
    {
        if (connections.TryRemove(client, out var kind))
            GiveBackPlace(kind);
    }
}
