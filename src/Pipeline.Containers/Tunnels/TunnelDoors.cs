using System.Collections.Concurrent;
using Pipeline.Relay;
using Pipeline.Relay.Targets;

namespace Pipeline.Containers.Tunnels;

/// <summary>Local sockets behind which the tunnel leads on, in a folder that only the present user may enter, for clients that want a socket's path.</summary>
internal sealed class TunnelDoors(HostTunnel tunnel) : IAsyncDisposable
{
    private readonly Lazy<DirectoryInfo> folder = new(() => Directory.CreateTempSubdirectory("pl-"));
    private readonly ConcurrentDictionary<string, Lazy<LocalDoor>> doors = new();

    /// <summary>The folder of the doors.</summary>
    public string Folder => folder.Value.FullName;

    /// <summary>The door of a name, opened when it is first asked for.</summary>
    public LocalDoor To(string name, RelayTarget target) => doors.GetOrAdd(
        name, _ => new Lazy<LocalDoor>(() => new LocalDoor(Path.Combine(Folder, name), cancellation => tunnel.ConnectAsync(target, cancellation)))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var door in doors.Values)
            await door.Value.DisposeAsync();
        if (folder.IsValueCreated)
            folder.Value.Delete(recursive: true);
    }
}
