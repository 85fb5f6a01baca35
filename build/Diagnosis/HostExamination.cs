using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Hosts;

namespace Build.Diagnosis;

/// <summary>A Docker host answers.</summary>
public sealed class HostExamination(DockerHost host, TimeProvider time) : IExamination
{
    public async Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellation)
    {
        var observed = await new DockerCli(host, time).ObserveAsync(cancellation);
        return [new($"Docker host {host}", observed.Reachable, observed.Unreachable ?? $"Docker {observed.Version} answers; published ports are reached at {host.Address}")];
    }
}
