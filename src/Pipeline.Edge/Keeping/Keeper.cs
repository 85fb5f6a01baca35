using System.Net.Sockets;
using Pipeline.Edge.Administration;

namespace Pipeline.Edge.Keeping;

/// <summary>
/// Stays while edges come and go. It owns what they share, the network with the published port and the volumes, and starts an edge of its own whenever none
/// serves in the folder, if it is given one: at first, when the one that took over was killed, and after the machine was started anew.
/// </summary>
internal sealed class Keeper(string? directory, WorkerCommand command, TimeProvider time, EdgeLog log)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken stop)
    {
        var pause = Look;
        while (!stop.IsCancellationRequested)
        {
            Zombies.Reap();
            if (IsServed())
            {
                await PauseAsync(Look, stop);
                continue;
            }
            var started = time.GetTimestamp();
            await RunWorkerAsync(stop);
            // One that ends at once, again and again, is not started all the time.
            pause = time.GetElapsedTime(started) > LongestPause ? Look : Shorter(pause * 2, LongestPause);
            await PauseAsync(pause, stop);
        }
    }

    // An edge in another network is one that was left behind when this container was started anew: nobody reaches it.
    private bool IsServed()
    {
        if (directory is null)
            return true;
        if (SocketPaths.Read(directory) is not { } paths || paths.Network != NetworkNamespace.Present)
            return false;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(paths.Control));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task RunWorkerAsync(CancellationToken stop)
    {
        using var worker = command.Start();
        log.Write($"no edge serves; started one as process {worker.Id}");
        while (!worker.HasExited)
        {
            Zombies.Reap(except: worker.Id);
            await Task.WhenAny(worker.WaitForExitAsync(CancellationToken.None), PauseAsync(Look, stop));
            if (!stop.IsCancellationRequested)
                continue;
            Signals.Terminate(worker.Id);
            await worker.WaitForExitAsync(CancellationToken.None);
        }
        log.Write($"the edge of process {worker.Id} ended with exit code {worker.ExitCode}");
    }

    private Task PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        var delay = Task.Delay(pause, time, stop);
        return delay.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
