using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Pipeline.Edge.Listening;

/// <summary>A socket that accepts connections: inherited from the supervisor, borrowed from the door, or opened here.</summary>
/// <param name="Socket">Never disposed when others have it too: disposing would shut down the socket for the worker that takes over.</param>
/// <param name="Address">Where it listens, for people.</param>
/// <param name="Ownership">Whose it is.</param>
internal sealed record ListeningSocket(Socket Socket, string Address, SocketOwnership Ownership)
{
    private const string InheritedNumbers = "PIPELINE_LISTEN_FDS";
    private const int Backlog = 4096;
    private const int SocketLevel = 1;
    private const int ReusePort = 15;

    /// <summary>Whether nobody else has this very socket, so that it ends with the worker.</summary>
    public bool EndsWithWorker => Ownership is SocketOwnership.Own or SocketOwnership.Shared;

    /// <summary>Whether the edge that takes over has no supervisor to tell this one so.</summary>
    public bool IsHandedOn => Ownership is SocketOwnership.Shared or SocketOwnership.Borrowed;

    /// <summary>One that another process lent.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "Lives as long as the process; disposing it would shut it down for all who have it.")]
    public static ListeningSocket Borrowed(int descriptor)
    {
        var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: false));
        return new(socket, socket.LocalEndPoint!.ToString()!, SocketOwnership.Borrowed);
    }

    /// <summary>The sockets of the supervisor if it hands any over, else new ones on the given addresses.</summary>
    public static IReadOnlyList<ListeningSocket> OpenAll(IReadOnlyList<string> addresses, SocketOwnership own, List<string> faults)
    {
        var numbers = Environment.GetEnvironmentVariable(InheritedNumbers);
        if (string.IsNullOrEmpty(numbers))
        {
            if (addresses.Count == 0)
                faults.Add("edge run: nothing to listen on; give --listen 127.0.0.1:8080, or start it under a supervisor that hands over its sockets");
            return [.. addresses.Select(address => Open(address, own, faults)).OfType<ListeningSocket>()];
        }
        if (addresses.Count > 0)
            faults.Add($"edge run: --listen {addresses[0]} is given and {InheritedNumbers} is {numbers}; under a supervisor leave --listen out");
        return [.. numbers.Split(',').Select(number => Inherit(number, faults)).OfType<ListeningSocket>()];
    }

    /// <summary>
    /// Lets connections come to a shared socket. Two edges share an address while one takes over from the other (SO_REUSEPORT, socket(7)): from here on the kernel
    /// gives this one its part, so it is called when everything is ready for them.
    /// </summary>
    public void BeginSharing()
    {
        if (Ownership == SocketOwnership.Shared)
            Socket.Listen(Backlog);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Lives as long as the process; disposing it would shut it down for the next worker.")]
    private static ListeningSocket? Inherit(string number, List<string> faults)
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor))
        {
            faults.Add($"{InheritedNumbers}: '{number}' is no file descriptor; write numbers separated by commas");
            return null;
        }
        try
        {
            var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: false));
            if (socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.AcceptConnection) is not (int and not 0))
                faults.Add($"{InheritedNumbers}: descriptor {descriptor} is a socket that does not listen; the supervisor must call listen on it");
            return new ListeningSocket(socket, socket.LocalEndPoint?.ToString() ?? $"descriptor {descriptor}", SocketOwnership.Inherited);
        }
        catch (SocketException problem)
        {
            faults.Add($"{InheritedNumbers}: descriptor {descriptor} is no open socket ({problem.Message}); the supervisor must hand it over");
            return null;
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Handed to the worker, which closes it.")]
    private static ListeningSocket? Open(string address, SocketOwnership own, List<string> faults)
    {
        if (!IPEndPoint.TryParse(address, out var endPoint) || !address.Contains(':', StringComparison.Ordinal))
        {
            faults.Add($"--listen is '{address}'; write an IP address and a port: 127.0.0.1:8080 or [::1]:8080");
            return null;
        }
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (own == SocketOwnership.Shared)
                socket.SetRawSocketOption(SocketLevel, ReusePort, BitConverter.GetBytes(1));
            socket.Bind(endPoint);
            if (own == SocketOwnership.Own)
                socket.Listen(Backlog);
            return new ListeningSocket(socket, socket.LocalEndPoint!.ToString()!, own);
        }
        catch (SocketException problem)
        {
            socket.Dispose();
            faults.Add($"--listen {address}: {problem.Message}; {Remedy(problem.SocketErrorCode)}");
            return null;
        }
    }

    private static string Remedy(SocketError error) => error switch
    {
        SocketError.AccessDenied => "ports below net.ipv4.ip_unprivileged_port_start are not for this user, so choose a higher one or lower that setting",
        SocketError.AddressNotAvailable => "choose an address that this host has, or 0.0.0.0 for all of them",
        _ => "stop what listens there or choose another address",
    };
}
