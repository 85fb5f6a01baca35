using Build.Environments;
using Pipeline.Supervision;
using Pipeline.Supervision.Network;

namespace Build.Diagnosis;

/// <summary>The port of an environment's edge is free, or taken by that edge.</summary>
public sealed class PortExamination(ShopEnvironment environment, string edgeDirectory, ISupervisors supervisors) : IExamination
{
    public Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Observation>>([Examine()]);

    private Observation Examine()
    {
        var subject = $"port {environment.Port}";
        if (supervisors.Observe(edgeDirectory) is { Running: true } edge && edge.Specification.Listen.Any(address => address.EndsWith($":{environment.Port}", StringComparison.Ordinal)))
            return new(subject, true, $"{environment.Name}'s edge listens there");
        if (LoopbackPorts.IsFree(environment.Port))
            return new(subject, true, $"free for {environment.Name}");
        var holder = PortHolder.Describe(environment.Port) ?? "another program";
        return new(subject, false, $"taken by {holder}; stop it, or give {environment.Name} another with --{environment.Name}-port");
    }
}
