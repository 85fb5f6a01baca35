using System.Text;
using Pipeline.Delivery;
using Pipeline.Supervision;
using Pipeline.Supervision.Network;

namespace Pipeline.Engines.Processes;

/// <summary>The loopback port of each instance. They are tried from a place that the instance's folder decides, so that environments keep apart.</summary>
internal sealed class InstancePorts(ISupervisors supervisors, string root)
{
    private const int Count = LoopbackPorts.Last - LoopbackPorts.First + 1;
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
            var port = Enumerable.Range(0, Count).Select(step => LoopbackPorts.First + (((int)from + step) % Count))
                .FirstOrDefault(port => !given.Contains(port) && !chosen.Contains(port) && LoopbackPorts.IsFree(port));
            if (port == 0)
                throw new DeliveryException($"{folder}: none of the ports {LoopbackPorts.First} to {LoopbackPorts.Last} is free; stop what listens there");
            chosen.Add(port);
            return port;
        }
    }
}
