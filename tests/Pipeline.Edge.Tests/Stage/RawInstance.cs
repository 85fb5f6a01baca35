using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pipeline.Edge.Tests.Stage;

/// <summary>An instance that speaks bytes: it reads a request's headers and then does what the test says to the connection.</summary>
public sealed class RawInstance : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource life = new();
    private readonly Func<NetworkStream, string, Task> answer;
    private int requests;

    public RawInstance(Func<NetworkStream, string, Task> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://{listener.LocalEndpoint}");

    public int Requests => Volatile.Read(ref requests);

    public static RawInstance Answering(string bytes) => new((stream, _) => stream.WriteAsync(Encoding.Latin1.GetBytes(bytes)).AsTask());

    public void Dispose()
    {
        life.Cancel();
        listener.Dispose();
        life.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(life.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var head = await ReadHeadAsync(stream);
                // A client may open a connection ahead and never use it: that is no request.
                if (head.Length == 0)
                    return;
                if (head.Contains("/ready", StringComparison.Ordinal))
                {
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
                    return;
                }
                Interlocked.Increment(ref requests);
                await answer(stream, head);
            }
            catch (IOException)
            {
                // The edge closed first: what a test wants to know it asks the edge's client.
            }
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
            head.Append((char)one[0]);
        return head.ToString();
    }
}
