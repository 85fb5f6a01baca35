using System.Net.Sockets;

namespace Pipeline.Edge.Listening.Lending;

/// <summary>
/// Lends listening sockets to processes of the same user that ask at a local socket. A listening socket belongs to the network that it was opened in: who
/// borrows one accepts its connections, wherever he is himself, and all who have it share one queue.
/// </summary>
internal sealed class SocketLender : IAsyncDisposable
{
    private const int Backlog = 16;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(50);
    private readonly CancellationTokenSource stop = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string path;
    private readonly string unplaced;
    private readonly IReadOnlyList<ListeningSocket> sockets;
    private readonly EdgeLog log;
    private readonly TimeProvider time;
    private Task lending = Task.CompletedTask;

    /// <param name="path">The local socket, which is put there by <see cref="Place"/>.</param>
    /// <param name="sockets">What is lent.</param>
    /// <param name="log">Where those are named who are given none.</param>
    /// <param name="time">The clock.</param>
    public SocketLender(string path, IReadOnlyList<ListeningSocket> sockets, EdgeLog log, TimeProvider time)
    {
        (this.path, this.sockets, this.log, this.time) = (path, sockets, log, time);
        unplaced = $"{path}.{Guid.NewGuid():N}"[..(path.Length + 9)];
        listener.Bind(new UnixDomainSocketEndPoint(unplaced));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(unplaced, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        listener.Listen(Backlog);
    }

    /// <summary>Takes the place of whoever lent there before, in one step, and lends from then on.</summary>
    public void Place()
    {
        File.Move(unplaced, path, overwrite: true);
        lending = LendAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await lending;
        listener.Dispose();
        stop.Dispose();
        File.Delete(unplaced);
    }

    private async Task LendAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var borrower = await listener.AcceptAsync(stop.Token);
                if (PeerUser.IsOwn(borrower))
                    DescriptorMessage.Send(borrower.SafeHandle, Descriptors());
                else
                    log.Write($"{path}: a process of another user asked for the listening sockets and was given none");
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception problem) when (problem is SocketException or IOException)
            {
                log.Write($"{path}: the listening sockets could not be lent ({problem.Message}); whoever wants them asks again");
                await Task.Delay(PauseAfterFailure, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private int[] Descriptors() => [.. sockets.Select(socket => (int)socket.Socket.SafeHandle.DangerousGetHandle())];
}
