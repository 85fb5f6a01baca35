using System.Net;
using System.Net.Sockets;
using Build.Environments;
using Pipeline.Supervision;

namespace Build.Diagnosis;

/// <summary>The port of an environment's edge is free, or taken by that edge.</summary>
public sealed class PortExamination(ShopEnvironment environment, string edgeDirectory, ISupervisors supervisors) : IExamination
{
    public Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Finding>>([Examine()]);

    private Finding Examine()
    {
        var subject = $"port {environment.Port}";
        if (supervisors.Observe(edgeDirectory) is { Running: true } edge && edge.Specification.Listen.Any(address => address.EndsWith($":{environment.Port}", StringComparison.Ordinal)))
            return new(subject, true, $"{environment.Name}'s edge listens there");
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, environment.Port);
            listener.Start();
            return new(subject, true, $"free for {environment.Name}");
        }
        catch (SocketException)
        {
            return new(subject, false, $"taken by another program; stop it, or give {environment.Name} another with --{environment.Name}-port");
        }
    }
}
