using System.Net.Sockets;

namespace Pipeline.Edge.Listening.Lending;

/// <summary>Asks for the listening sockets that somebody lends.</summary>
internal static class SocketBorrower
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Borrows them; null when nobody lends there.</summary>
    /// <exception cref="IOException">Who lends gives none.</exception>
    public static IReadOnlyList<ListeningSocket>? TryBorrow(string path)
    {
        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            connection.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            return null;
        }
        connection.ReceiveTimeout = (int)AnswerTimeout.TotalMilliseconds;
        return [.. DescriptorMessage.Receive(connection.SafeHandle).Select(ListeningSocket.Borrowed)];
    }

    /// <summary>Borrows them, and waits until somebody lends.</summary>
    /// <returns>Null when nobody did within the time.</returns>
    /// <exception cref="IOException">Who lends gives none.</exception>
    public static async Task<IReadOnlyList<ListeningSocket>?> BorrowAsync(string path, TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (TryBorrow(path) is { } sockets)
                return sockets;
            if (time.GetElapsedTime(started) > atMost)
                return null;
            await Task.Delay(Look, time, cancellation);
        }
    }
}
