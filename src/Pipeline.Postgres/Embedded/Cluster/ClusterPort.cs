using Pipeline.Delivery;
using Pipeline.Supervision;
using Pipeline.Supervision.Network;

namespace Pipeline.Postgres.Embedded.Cluster;

/// <summary>Chooses the port of a cluster.</summary>
internal static class ClusterPort
{
    /// <summary>The port for the next start: the given one, or the last one, or, when that is taken by now, another.</summary>
    /// <exception cref="DeliveryException">The given port is taken, or no other is free.</exception>
    public static int Choose(string directory, int? given, int? last)
    {
        if (given is { } port)
            return LoopbackPorts.IsFree(port) ? port : throw Taken(directory, port);
        return last is { } known && LoopbackPorts.IsFree(known) ? known : ChooseFree(directory);
    }

    private static int ChooseFree(string directory)
    {
        try
        {
            return LoopbackPorts.Choose(1)[0];
        }
        catch (SupervisionException noneLeft)
        {
            throw new DeliveryException($"{directory}: {noneLeft.Message}, or give the database a port", noneLeft);
        }
    }

    private static DeliveryException Taken(string directory, int port) => new(
        $"{directory}: port {port} is taken{(PortHolder.Describe(port) is { } holder ? $" by {holder}" : "")}; end that program or give the database another port");
}
