using System.Net;
using System.Net.Sockets;
using System.Text;
using Pipeline.Delivery;
using Pipeline.Supervision;

namespace Pipeline.Engines.Processes;

/// <summary>
/// The loopback port of each instance. They lie below the ports that the system gives to outgoing connections, so that none of those can sit on the port of
/// an instance that is about to be started again, and are tried from a place that the instance's folder decides, so that environments keep apart.
/// </summary>
internal sealed class InstancePorts(ISupervisors supervisors, string root)
{
    private const int First = 20000;
    private const int Count = 12000;
    private readonly Lock choosing = new();
    private readonly HashSet<int> chosen = [];

    /// <summary>The port that the instance of this folder had before, else a free one.</summary>
    internal int RecordedOrFree(string folder) => InstanceProcess.Port(supervisors.Observe(folder)) ?? Free(folder);

    /// <summary>A port that nobody listens on and no other instance of the environment was given.</summary>
    /// <exception cref="DeliveryException">All are taken.</exception>
    internal int Free(string folder)
    {
        var given = supervisors.ObserveAll(root).Select(InstanceProcess.Port).OfType<int>().ToHashSet();
        var from = Encoding.UTF8.GetBytes(folder).Aggregate(17u, (hash, letter) => (hash * 31) + letter) % Count;
        lock (choosing)
        {
            var port = Enumerable.Range(0, Count).Select(step => First + (((int)from + step) % Count))
                .FirstOrDefault(port => !given.Contains(port) && !chosen.Contains(port) && !IsTaken(port));
            if (port == 0)
                throw new DeliveryException($"{folder}: none of the ports {First} to {First + Count - 1} is free; stop what listens there");
            chosen.Add(port);
            return port;
        }
    }

    /// <summary>Whether somebody listens on the port.</summary>
    internal static bool IsTaken(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return false;
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return true;
        }
    }
}
