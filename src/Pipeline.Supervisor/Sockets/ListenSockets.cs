using System.Net;
using System.Net.Sockets;
using Pipeline.Supervision;
using Pipeline.Supervision.Native;
using Pipeline.Supervision.Network;
using Pipeline.Supervisor.Workers;

namespace Pipeline.Supervisor.Sockets;

/// <summary>The listening sockets that processes come and go behind.</summary>
internal sealed class ListenSockets
{
    // High enough that no descriptor of the supervisor itself is overwritten when a process gets its own.
    private const int FirstDescriptor = 64;
    private const int Backlog = 4096;
    private readonly IReadOnlyList<Socket> sockets;
    private bool areBeside;

    private ListenSockets(IReadOnlyList<Socket> sockets)
    {
        this.sockets = sockets;
        Descriptors = [.. sockets.Select((socket, index) => ((int)socket.Handle, FirstDescriptor + index))];
    }

    /// <summary>Each socket's number here and in the process.</summary>
    internal IReadOnlyList<(int From, int To)> Descriptors { get; }

    /// <summary>Listens on all addresses, or on none.</summary>
    /// <exception cref="SupervisionException">Addresses are taken or not of this machine; all of them are named.</exception>
    internal static ListenSockets Open(IReadOnlyList<string> addresses) => OpenAll(addresses, SocketOptions.BindAlone);

    /// <summary>Listens beside a process whose sockets cannot be had. New connections keep going to that process until <see cref="TakeConnections"/>.</summary>
    /// <exception cref="SupervisionException">The system refuses.</exception>
    internal static ListenSockets OpenBeside(IReadOnlyList<string> addresses)
    {
        var beside = OpenAll(addresses, SocketOptions.BindBeside);
        foreach (var socket in beside.sockets)
            SocketOptions.Steer(socket, 0);
        beside.areBeside = true;
        return beside;
    }

    /// <summary>The very sockets that a living process listens on; null where the system does not let us have them.</summary>
    internal static ListenSockets? TakeFrom(Worker worker, IReadOnlyList<string> addresses)
    {
        var taken = new List<Socket>();
        foreach (var address in addresses)
        {
            var descriptor = worker.Descriptor < 0 ? -1 : Libc.PidfdGetfd(worker.Descriptor, FirstDescriptor + taken.Count);
            if (descriptor < 0)
                return Discard(taken);
            taken.Add(new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)));
            if (!SocketOptions.ListensOn(taken[^1], IPEndPoint.Parse(address)))
                return Discard(taken);
        }
        return new ListenSockets(taken);
    }

    /// <summary>From now on new connections come to these sockets; those already made with older ones beside them are finished there.</summary>
    internal void TakeConnections()
    {
        if (!areBeside)
            return;
        areBeside = false;
        foreach (var socket in sockets)
            SocketOptions.Steer(socket, 1);
    }

    private static ListenSockets OpenAll(IReadOnlyList<string> addresses, Action<Socket, IPEndPoint> bind)
    {
        var opened = new List<Socket>();
        var faults = new List<string>();
        foreach (var address in addresses.Select(IPEndPoint.Parse))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            opened.Add(socket);
            try
            {
                bind(socket, address);
                socket.Listen(Backlog);
            }
            catch (SocketException refused)
            {
                faults.Add(Explain(address, refused));
            }
        }
        if (faults.Count == 0)
            return new ListenSockets(opened);
        Discard(opened);
        throw new SupervisionException(string.Join("; ", faults));
    }

    private static string Explain(IPEndPoint address, SocketException refused) => refused.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => PortHolder.Describe(address.Port) is { } holder
            ? $"address {address} is taken by {holder}; stop that or use another port"
            : $"address {address} is taken by a process that cannot be named from here; find it with 'ss -ltnp', stop it or use another port",
        SocketError.AddressNotAvailable => $"address {address} is none of this machine; use one of its own, such as 127.0.0.1",
        SocketError.AccessDenied => $"address {address} may not be used by this user; use a port of 1024 or above",
        _ => $"address {address} cannot be listened on ({refused.Message}); correct it",
    };

    private static ListenSockets? Discard(IReadOnlyList<Socket> unwanted)
    {
        foreach (var socket in unwanted)
            socket.Dispose();
        return null;
    }
}
