using System.Net;
using System.Net.Sockets;

namespace Pipeline.Testing.Docker.Registries;

/// <summary>A second address of a registry, at which the registry can be made to die in the midst of an answer.</summary>
public sealed class BreakingDoor : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;
    private readonly TestRegistry registry;
    private readonly IPEndPoint place;
    private readonly CancellationTokenSource end = new();
    private readonly SemaphoreSlim turn = new(1);
    private TcpListener listener;
    private long left = long.MaxValue;

    /// <summary>Opens it beside the registry's own.</summary>
    public BreakingDoor(TestRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        this.registry = registry;
        place = new(IPAddress.Parse(registry.Address.Split(':')[0]), LoopbackPort.Free());
        listener = Listen();
    }

    /// <summary>Host and port, as image references begin.</summary>
    public string Address => place.ToString();

    /// <summary>Whether the registry has died.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Lets the registry die after it has sent so many more bytes: kill -9, and nobody listens any more.</summary>
    public void BreakAfter(long bytes) => Interlocked.Exchange(ref left, bytes);

    /// <summary>Starts the registry again.</summary>
    public async Task MendAsync()
    {
        Interlocked.Exchange(ref left, long.MaxValue);
        await registry.StartAsync();
        listener = Listen();
        IsBroken = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsBroken)
            await MendAsync();
        await end.CancelAsync();
        listener.Dispose();
        end.Dispose();
        turn.Dispose();
    }

    private TcpListener Listen()
    {
        var listening = new TcpListener(place);
        listening.Start();
        _ = AcceptAsync(listening);
        return listening;
    }

    private async Task AcceptAsync(TcpListener listening)
    {
        try
        {
            while (true)
                _ = PassAsync(await listening.AcceptTcpClientAsync(end.Token));
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It was closed.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPEndPoint.Parse(registry.Address), end.Token);
                await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream(), end.Token), AnswerAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException)
            {
                // Either side went away, and the other learns of it as this closes.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[BufferBytes];
        for (int read; (read = await from.ReadAsync(buffer, end.Token)) > 0;)
        {
            if (Interlocked.Add(ref left, -read) < 0)
            {
                await BreakAsync();
                return;
            }
            await to.WriteAsync(buffer.AsMemory(0, read), end.Token);
        }
    }

    private async Task BreakAsync()
    {
        await turn.WaitAsync(end.Token);
        try
        {
            if (IsBroken)
                return;
            listener.Dispose();
            await registry.StopAsync();
            IsBroken = true;
        }
        finally
        {
            turn.Release();
        }
    }
}
