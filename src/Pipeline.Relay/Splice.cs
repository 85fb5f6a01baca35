using System.Net.Sockets;

namespace Pipeline.Relay;

/// <summary>Joins a connection of a session with a socket: bytes both ways, each direction ended when its source has ended.</summary>
internal static class Splice
{
    private const int Buffer = 32 * 1024;

    public static async Task RunAsync(RelayStream connection, Socket socket, CancellationToken cancellation)
    {
        await using var other = connection;
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await Task.WhenAll(OrBreakAsync(ToSocketAsync(), failed), OrBreakAsync(FromSocketAsync(), failed));
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException or SocketException)
        {
            // One side broke. Disposing tells the other; the socket is told by a reset, so that it takes half an answer for none.
            socket.LingerState = new LingerOption(true, 0);
        }

        async Task ToSocketAsync()
        {
            await connection.CopyToAsync(stream, Buffer, failed.Token);
            socket.Shutdown(SocketShutdown.Send);
        }

        async Task FromSocketAsync()
        {
            await stream.CopyToAsync(connection, Buffer, failed.Token);
            await connection.EndWritingAsync();
        }
    }

    private static async Task OrBreakAsync(Task direction, CancellationTokenSource failed)
    {
        try
        {
            await direction;
        }
        catch
        {
            await failed.CancelAsync();
            throw;
        }
    }
}
