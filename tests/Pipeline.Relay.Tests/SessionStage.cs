using System.Net;
using System.Net.Sockets;
using Pipeline.Relay.Targets;

namespace Pipeline.Relay.Tests;

/// <summary>Two ends of a session, joined by a real socket as they are by a program's standard input and output.</summary>
internal sealed class SessionStage : IAsyncDisposable
{
    private readonly List<IDisposable> parts = [];
    private readonly List<Task> running = [];

    private SessionStage(Socket near, Socket far)
    {
        Near = Keep(new NetworkStream(Keep(near), ownsSocket: true));
        var farEnd = Keep(new NetworkStream(Keep(far), ownsSocket: true));
        Session = Keep(new RelaySession(Near, Near));
        var serving = Keep(new RelaySession(farEnd, farEnd));
        running.Add(serving.ServeAsync(CancellationToken.None));
    }

    public NetworkStream Near { get; }

    public RelaySession Session { get; }

    public static async Task<SessionStage> StartAsync()
    {
        var (near, far) = await PairAsync();
        var stage = new SessionStage(near, far);
        await stage.Session.AwaitGreetingAsync(TestContext.Current.CancellationToken);
        stage.running.Add(stage.Session.CarryAsync(CancellationToken.None));
        return stage;
    }

    public static async Task<(Socket Near, Socket Far)> PairAsync()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var near = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(listener.LocalEndPoint!, TestContext.Current.CancellationToken);
        return (near, await listener.AcceptAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>A server on a port of its own that does with every connection what it is told.</summary>
    public RelayTarget Serve(Func<NetworkStream, Task> answer)
    {
        var listener = Keep(new TcpListener(IPAddress.Loopback, 0));
        listener.Start();
        running.Add(AnswerAllAsync(listener, answer));
        return RelayTarget.ToTcp("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
    }

    public async ValueTask DisposeAsync()
    {
        parts.Reverse();
        foreach (var part in parts)
            part.Dispose();
        foreach (var task in running)
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task AnswerAllAsync(TcpListener listener, Func<NetworkStream, Task> answer)
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync();
            _ = Task.Run(async () =>
            {
                using (client)
                    await answer(client.GetStream());
            });
        }
    }

    private T Keep<T>(T part) where T : IDisposable
    {
        parts.Add(part);
        return part;
    }
}
