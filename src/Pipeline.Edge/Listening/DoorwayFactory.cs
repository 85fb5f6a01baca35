using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Pipeline.Edge.Listening;

/// <summary>Hands Kestrel the doorways that it is told to listen on.</summary>
internal sealed class DoorwayFactory : IConnectionListenerFactory
{
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint is Doorway doorway
            ? ValueTask.FromResult<IConnectionListener>(doorway)
            : throw new NotSupportedException($"endpoint {endpoint}: the edge listens through doorways only");
}
