using Pipeline.Containers.Volumes;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Docker.Networks;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Containers.Hosts;

/// <summary>One host of an environment with everything of the environment that is on it.</summary>
internal sealed class EnvironmentHost(DockerHost host, StageSettings settings, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly SemaphoreSlim images = new(1);
    private bool kept;
    private string? edgeImage;

    public DockerCli Docker { get; } = new(host, time);

    public ScopedContainers Containers => new(Docker, settings.Scope);

    public EnvironmentNetwork Network => new(Docker, settings.Scope, settings.NetworkPool);

    public EnvironmentVolumes Volumes => new(Docker, settings.Scope);

    public bool IsFirst => host == settings.First;

    /// <summary>Whether it answers now.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellation) => (await Docker.ObserveAsync(cancellation)).Reachable;

    /// <summary>Makes ready what the environment needs on the host; once a run.</summary>
    public async Task KeepAsync(Func<EnvironmentHost, CancellationToken, Task> keep, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (!kept)
                await keep(this, cancellation);
            kept = true;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The edge image as the host names it, brought there once a run and only when something is to be started of it.</summary>
    public async Task<string> EdgeImageAsync(CancellationToken cancellation)
    {
        await images.WaitAsync(cancellation);
        try
        {
            return edgeImage ??= await settings.EdgeImage.EnsureAsync(Docker, cancellation);
        }
        finally
        {
            images.Release();
        }
    }

    /// <summary>Removes all containers of a role, and leaves them the time to finish what they do.</summary>
    public async Task RemoveAsync(string role, CancellationToken cancellation)
    {
        var containers = (await Containers.ListAsync(cancellation)).Where(container => container.Label(ScopeLabels.Role) == role);
        await Task.WhenAll(containers.Select(container => Containers.RemoveAsync(container.Name, settings.Edge.DrainTimeout, cancellation)));
    }

    public void Dispose()
    {
        gate.Dispose();
        images.Dispose();
    }

    public override string ToString() => host.ToString();
}
