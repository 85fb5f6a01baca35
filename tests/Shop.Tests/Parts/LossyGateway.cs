using System.Net;
using System.Net.Sockets;

namespace Shop.Tests.Parts;

/// <summary>A line to the sandbox's gateway that can lose the answers: the charge is made, and nobody hears of it.</summary>
internal sealed class LossyGateway : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly int gateway;
    private readonly Task serving;
    private int answersToLose;

    public LossyGateway(int gateway)
    {
        this.gateway = gateway;
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void LoseAnswers(int count) => Interlocked.Exchange(ref answersToLose, count);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await serving;
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await listener.AcceptTcpClientAsync(stopping.Token));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task RelayAsync(TcpClient caller)
    {
        using (caller)
        using (var called = new TcpClient())
        {
            try
            {
                await called.ConnectAsync(IPAddress.Loopback, gateway, stopping.Token);
                var questions = caller.GetStream().CopyToAsync(called.GetStream(), stopping.Token);
                var buffer = new byte[16 * 1024];
                while (await called.GetStream().ReadAsync(buffer, stopping.Token) is > 0 and var read)
                {
                    if (Interlocked.Decrement(ref answersToLose) >= 0)
                        return;
                    await caller.GetStream().WriteAsync(buffer.AsMemory(0, read), stopping.Token);
                }
                await questions;
            }
            catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException)
            {
                // One of the two hung up.
            }
        }
    }
}
