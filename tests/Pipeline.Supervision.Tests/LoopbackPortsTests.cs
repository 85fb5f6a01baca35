using System.Net;
using System.Net.Sockets;
using Pipeline.Supervision.Network;

namespace Pipeline.Supervision.Tests;

public sealed class LoopbackPortsTests
{
    [Fact]
    public void A_port_that_somebody_listens_on_is_not_free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Assert.False(LoopbackPorts.IsFree(((IPEndPoint)listener.LocalEndpoint).Port));
    }

    [Fact]
    public void Chosen_ports_are_free_and_differ_and_lie_below_those_of_outgoing_connections()
    {
        var ports = LoopbackPorts.Choose(20);
        Assert.Equal(20, ports.Distinct().Count());
        Assert.All(ports, port => Assert.InRange(port, LoopbackPorts.First, LoopbackPorts.Last));
    }

    [Fact]
    public void More_than_are_free_are_refused() =>
        Assert.Equal(
            "ports of 127.0.0.1: 200 between 20000 and 31999 were tried and fewer than 500 are free; stop what listens there",
            Assert.Throws<SupervisionException>(() => LoopbackPorts.Choose(500)).Message);
}
