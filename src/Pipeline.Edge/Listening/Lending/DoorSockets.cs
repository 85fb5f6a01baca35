using System.Net;

namespace Pipeline.Edge.Listening.Lending;

/// <summary>The listening sockets between a door, which opens them, and the edges that accept from them.</summary>
internal static class DoorSockets
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>For a door: those that an edge still has from the door before, else new ones.</summary>
    public static IReadOnlyList<ListeningSocket> Open(LendingPlaces places, IReadOnlyList<string> addresses, List<string> faults) =>
        Recover(places, addresses) ?? ListeningSocket.OpenAll(addresses, SocketOwnership.Own, faults);

    /// <summary>For an edge: those of the door, as soon as there is one.</summary>
    public static async Task<IReadOnlyList<ListeningSocket>> BorrowAsync(LendingPlaces places, TimeProvider time, List<string> faults, CancellationToken cancellation)
    {
        try
        {
            if (await SocketBorrower.BorrowAsync(places.Door, Patience, time, cancellation) is { } sockets)
                return sockets;
            faults.Add($"edge run: --door is given, and for {Patience.TotalSeconds:0} s no door answered at {places.Door}; start `edge door` with the same --directory, or give --listen");
        }
        catch (IOException problem)
        {
            faults.Add($"edge run: the door at {places.Door} lends no sockets: {problem.Message}");
        }
        return [];
    }

    // A door that was killed left its sockets with the edge: they are bound, and connections come to them.
    private static IReadOnlyList<ListeningSocket>? Recover(LendingPlaces places, IReadOnlyList<string> addresses)
    {
        IReadOnlyList<ListeningSocket>? present;
        try
        {
            present = SocketBorrower.TryBorrow(places.Edge);
        }
        catch (IOException)
        {
            // The edge ended in that moment, and its sockets with it.
            return null;
        }
        if (present is null || present.Select(socket => socket.Address).SequenceEqual(addresses.Select(Normal)))
            return present;
        // Of a door on other addresses.
        DescriptorMessage.Close(present.Select(socket => (int)socket.Socket.SafeHandle.DangerousGetHandle()));
        return null;
    }

    private static string Normal(string address) => IPEndPoint.TryParse(address, out var endPoint) ? endPoint.ToString() : address;
}
