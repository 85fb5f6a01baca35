using Pipeline.Containers.Volumes;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Docker.Networks;

namespace Pipeline.Containers.Hosts;

/// <summary>One host of an environment with everything of the environment that is on it.</summary>
internal sealed class EnvironmentHost(DockerHost host, StageSettings settings, TimeProvider time)
{
    public DockerCli Docker { get; } = new(host, time);

    public ScopedContainers Containers => new(Docker, settings.Scope);

    public EnvironmentNetwork Network => new(Docker, settings.Scope, settings.NetworkPool);

    public EnvironmentVolumes Volumes => new(Docker, settings.Scope);

    public bool IsFirst => host == settings.First;

    public override string ToString() => host.ToString();
}
