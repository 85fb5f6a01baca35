using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Pipeline.Relay;

/// <summary>
/// A Unix domain socket of this machine's present user behind which lies something that only a relay reaches, for clients that take a socket's path. Each
/// connection made to it opens one through the session.
/// </summary>
public sealed class LocalDoor : IAsyncDisposable
{
    private const int Backlog = 64;
    private readonly CancellationTokenSource stop = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Func<CancellationToken, Task<RelayStream>> connect;
    private readonly ConcurrentDictionary<Task, bool> joined = new();
    private readonly Task accepting;

    /// <summary>Listens at once.</summary>
    /// <param name="path">In a folder that only the present user may enter; at most 107 bytes (unix(7)).</param>
    /// <param name="connect">Opens the connection behind one that was made to the door.</param>
    public LocalDoor(string path, Func<CancellationToken, Task<RelayStream>> connect)
    {
        Path = path;
        this.connect = connect;
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(Backlog);
        accepting = AcceptAsync();
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Closes the door; connections made through it are broken.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(joined.Keys);
        stop.Dispose();
        File.Delete(Path);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var joining = JoinAsync(await listener.AcceptAsync(stop.Token));
                joined[joining] = true;
                _ = joining.ContinueWith(ended => joined.TryRemove(ended, out _), TaskScheduler.Default);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task JoinAsync(Socket client)
    {
        using var closing = client;
        try
        {
            await Splice.RunAsync(await connect(stop.Token), client, stop.Token);
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException)
        {
            // What lies behind does not answer: the client sees its connection end, as it would there.
        }
    }
}
