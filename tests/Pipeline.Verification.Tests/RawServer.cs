using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pipeline.Verification.Tests;

/// <summary>A server below HTTP: does with each connection whatever the test wants.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public RawServer(Func<Socket, CancellationToken, Task> serve)
    {
        listener.Start();
        accepting = AcceptAsync(serve);
    }

    public Uri Address => new($"http://{listener.LocalEndpoint}/");

    /// <summary>Reads a request's head and answers with the text, then does the rest.</summary>
    public static Func<Socket, CancellationToken, Task> Answering(string text, Func<Socket, CancellationToken, Task>? then = null) => async (socket, cancellation) =>
    {
        await socket.ReceiveAsync(new byte[8192], cancellation);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n")), cancellation);
        if (then is not null)
            await then(socket, cancellation);
    };

    public static Task StallAsync(Socket socket, CancellationToken cancellation) => Task.Delay(Timeout.Infinite, cancellation);

    public static async Task ResetAsync(Socket socket, CancellationToken cancellation)
    {
        await socket.ReceiveAsync(new byte[8192], cancellation);
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, CancellationToken, Task> serve)
    {
        var open = new List<Task>();
        try
        {
            while (true)
                open.Add(ServeAsync(await listener.AcceptSocketAsync(stop.Token), serve));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(Socket socket, Func<Socket, CancellationToken, Task> serve)
    {
        using var owned = socket;
        try
        {
            await serve(socket, stop.Token);
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client or the test is gone.
        }
    }
}
