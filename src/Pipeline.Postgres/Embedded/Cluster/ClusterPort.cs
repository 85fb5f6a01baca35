using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Pipeline.Delivery;

namespace Pipeline.Postgres.Embedded.Cluster;

/// <summary>Chooses the port of a cluster.</summary>
internal static class ClusterPort
{
    // Below the ports that systems give to outgoing connections, so that none of those takes it while the server is down.
    private const int Lowest = 20000;
    private const int Highest = 29999;
    private const int Attempts = 200;

    /// <summary>The port for the next start: the given one, or the last one, or, when that is taken by now, another.</summary>
    /// <exception cref="DeliveryException">The given port is taken.</exception>
    public static int Choose(string directory, int? given, int? last)
    {
        if (given is { } port)
            return IsFree(port) ? port : throw Taken(directory, port);
        return last is { } known && IsFree(known) ? known : FindFree();
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FindFree()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(Lowest, Highest + 1);
            if (IsFree(port))
                return port;
        }
        throw new DeliveryException($"{Attempts} ports between {Lowest} and {Highest} were tried for a database and all are taken; free some or give it a port");
    }

    private static DeliveryException Taken(string directory, int port) => new(
        $"{directory}: port {port} is taken{(PortHolder.Find(port) is { } holder ? $" by {holder}" : "")}; end that program or give the database another port");
}
