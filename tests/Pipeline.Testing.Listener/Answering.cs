using System.Net.Sockets;
using System.Text;

namespace Pipeline.Testing.Listener;

/// <summary>Accepts, reads what comes, answers once and closes. At the stop it accepts no more and finishes what it has.</summary>
internal static class Answering
{
    internal static async Task RunAsync(Socket listening, CancellationToken stop)
    {
        var inFlight = new List<Task>();
        try
        {
            while (true)
            {
                inFlight.RemoveAll(task => task.IsCompleted);
                inFlight.Add(AnswerAsync(await listening.AcceptAsync(stop)));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(inFlight);
        }
    }

    private static async Task AnswerAsync(Socket connection)
    {
        using (connection)
        {
            var buffer = new byte[4096];
            if (await connection.ReceiveAsync(buffer) == 0)
                return;
            var body = $"{Environment.GetEnvironmentVariable("NAME")} {Environment.ProcessId} {Environment.GetEnvironmentVariable("PIPELINE_DIGEST")}";
            var answer = $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
            await connection.SendAsync(Encoding.UTF8.GetBytes(answer));
            connection.Shutdown(SocketShutdown.Send);
        }
    }
}
