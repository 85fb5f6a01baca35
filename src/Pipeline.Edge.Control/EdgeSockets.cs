using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text.Json;

namespace Pipeline.Edge.Control;

/// <summary>The local sockets of an edge that runs on this machine.</summary>
internal sealed class EdgeSockets(string directory)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The recorded paths; null when no edge has run in the folder.</summary>
    public SocketPaths? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<SocketPaths>(File.ReadAllBytes(Path.Combine(directory, "sockets.json")), Json);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A connection to the control socket; null when nobody listens there.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The stream owns the socket.")]
    public async Task<Stream?> ConnectAsync(CancellationToken cancellation)
    {
        if (Read() is not { } paths)
            return null;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(paths.Control), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException problem) when (IsNobodyThere(problem))
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Of a socket's path that does not exist .NET says that the address is not available.
    private static bool IsNobodyThere(SocketException problem) => problem.SocketErrorCode
        is SocketError.ConnectionRefused or SocketError.AddressNotAvailable or SocketError.NetworkUnreachable or SocketError.HostNotFound;
}
