using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Pipeline.Edge.Listening;

/// <summary>Accepts from one socket until it is told to stop, which leaves the socket itself as it is, and shows each connection its doorway.</summary>
internal sealed class Acceptor(Socket socket, ConnectionKind kind, Doorways doorways, OpenConnections open, SocketConnectionContextFactory factory, EdgeServices services)
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(50);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await open.WaitForPlaceAsync(kind, stop);
                Receive(await socket.AcceptAsync(stop));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException problem)
            {
                // The client went away while it waited, or descriptors ran out; neither is a reason to stop accepting.
                open.GiveBackPlace(kind);
                if (problem.SocketErrorCode is not (SocketError.ConnectionAborted or SocketError.ConnectionReset))
                {
                    services.Log.Write($"accepting {kind} connections: {problem.Message}; trying again");
                    await Task.Delay(PauseAfterFailure, services.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
    }

    private void Receive(Socket accepted)
    {
        if (kind == ConnectionKind.Public)
            accepted.NoDelay = true;
        _ = ShowInAsync(factory.Create(accepted));
    }

    private async Task ShowInAsync(ConnectionContext connection)
    {
        var client = open.Add(connection, kind);
        if (kind != ConnectionKind.Public)
        {
            await doorways.For(kind).PassAsync(connection);
            return;
        }
        client.IsHttp2 = await SniffAsync(connection, client) is var sniffed && sniffed == true;
        if (sniffed is null)
            await connection.DisposeAsync();
        else
            await (client.IsHttp2 ? doorways.Http2 : doorways.Http1).PassAsync(connection);
    }

    private async Task<bool?> SniffAsync(ConnectionContext connection, ClientConnection client)
    {
        using var limit = new CancellationTokenSource(services.Settings.KeepAliveTimeout, services.Time);
        client.Sniffing = limit;
        try
        {
            return await ProtocolSniffer.IsHttp2Async(connection.Transport.Input, limit.Token);
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException)
        {
            return null;
        }
        finally
        {
            client.Sniffing = null;
        }
    }
}
