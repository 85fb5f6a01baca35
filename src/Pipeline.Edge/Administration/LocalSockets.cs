using System.Net.Sockets;

namespace Pipeline.Edge.Administration;

/// <summary>The control socket and the private one of a worker: made under a name of its own, then put in the place of its predecessor's in one step.</summary>
internal sealed class LocalSockets : IDisposable
{
    private const int Backlog = 128;
    private readonly string directory;
    private readonly string folder;
    private readonly string worker;

    /// <param name="directory">The folder of the edge.</param>
    /// <param name="worker">Its name: process numbers are alike in two containers that share the folder.</param>
    public LocalSockets(string directory, string worker)
    {
        this.directory = directory;
        this.worker = worker;
        folder = SocketFolder.Choose(directory);
        Control = Listen("control");
        Private = Listen("private");
    }

    public Socket Control { get; }

    public Socket Private { get; }

    /// <summary>Takes the place of the worker before. Call under the lock of <see cref="JournalOwnership"/>.</summary>
    public void TakeOver()
    {
        File.Move(Unplaced("control"), Placed("control"), overwrite: true);
        File.Move(Unplaced("private"), Placed("private"), overwrite: true);
        new SocketPaths(worker, Placed("control"), Placed("private"), NetworkNamespace.Present).Write(directory);
    }

    public void Dispose()
    {
        Control.Dispose();
        Private.Dispose();
    }

    private Socket Listen(string name)
    {
        var path = Unplaced(name);
        File.Delete(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        // Nobody can connect before this call, so the mode holds from the first connection on.
        socket.Listen(Backlog);
        return socket;
    }

    private string Unplaced(string name) => Path.Combine(folder, $"{name}.{worker[^8..]}.sock");

    private string Placed(string name) => Path.Combine(folder, $"{name}.sock");
}
