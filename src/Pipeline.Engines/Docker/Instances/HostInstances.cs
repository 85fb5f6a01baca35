using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Docker.Images;
using Pipeline.Engines.Docker.Networks;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Engines.Docker.Secrets;

namespace Pipeline.Engines.Docker.Instances;

/// <summary>The instances of an environment on one of its hosts, with everything by which they are reached there.</summary>
internal sealed class HostInstances(DockerEngineSettings settings, DockerHost host, TimeProvider time)
{
    internal DockerHost Host => host;

    /// <summary>Taken by what must not happen twice at once: engines let two networks have one name.</summary>
    internal SemaphoreSlim Gate { get; } = new(1);

    internal DockerCli Docker { get; } = new(host, time);

    internal ScopedContainers Containers => new(Docker, settings.Scope);

    internal EnvironmentNetwork Network => new(Docker, settings.Scope, settings.NetworkPool);

    internal EnvironmentImages Images => new(Docker, settings.Scope, settings.Images);

    internal InstanceHealth Health { get; } = new(new DockerCli(host, time), settings);

    internal InstanceSecrets Secrets { get; } = new(new DockerCli(host, time), settings.Scope, settings.User);

    /// <summary>The instances on the host, running or not, each with the digest that it really runs.</summary>
    internal async Task<IReadOnlyList<Instance>> ObserveAsync(CancellationToken cancellation)
    {
        var containers = (await Containers.ListAsync(cancellation)).Where(container => container.Label(ScopeLabels.Role) == InstanceContainer.Role).ToList();
        var images = await HostImages.InspectAsync(Docker, [.. containers.Select(container => container.ImageId).Distinct()], cancellation);
        var instances = new List<Instance>();
        foreach (var container in containers)
        {
            var image = images.FirstOrDefault(each => each.Id == container.ImageId);
            var exit = await new InstanceExits(Docker).DescribeAsync(container, cancellation);
            if (InstanceContainer.Observed(container, await RunDigestAsync(container, image, cancellation), exit) is { } instance)
                instances.Add(await Secrets.AreGoneAsync(container, cancellation) ? instance with { Waiting = Waiting } : instance);
        }
        return instances;
    }

    /// <summary>Whether an instance is here, running or not.</summary>
    internal async Task<bool> HasAsync(string id, CancellationToken cancellation) => await Containers.FindAsync(settings.Scope.Container(id), cancellation) is not null;

    /// <summary>Stops an instance that is here, and forgets the secrets that nobody needs any more.</summary>
    internal async Task StopAsync(string id, TimeSpan? timeout, CancellationToken cancellation)
    {
        var name = settings.Scope.Container(id);
        if (await Containers.FindAsync(name, cancellation) is not { } found)
            return;
        await Containers.RemoveAsync(name, timeout ?? StopTimeout(found), cancellation);
        if (found.Label(ScopeLabels.Settings) is { } fingerprint)
            await Secrets.ForgetAsync(fingerprint, cancellation);
    }

    private string Waiting =>
        $"the secrets are gone from the memory of {host}, which was started anew; --target {(settings.Scope.Environment == "production" ? "PromoteProduction" : "DeployStaging")} brings them back";

    // The digests that an image was pulled by are what its engine checked; a label says only what was meant.
    private async Task<Digest?> RunDigestAsync(ContainerState container, HostImage? image, CancellationToken cancellation)
    {
        var pulled = (image?.Digests ?? []).Select(name => name[(name.IndexOf('@', StringComparison.Ordinal) + 1)..])
            .Select(text => Digest.TryParse(text, out var digest) ? digest : (Digest?)null).OfType<Digest>().ToList();
        var meant = Digest.TryParse(container.Label(ScopeLabels.Release), out var labelled) ? labelled : (Digest?)null;
        // An image that was sent has no such digest; its id is told by what was sent.
        if (pulled.Count == 0 && meant is { } sent && await settings.Images.FindIdAsync(sent, cancellation) is { } id && id != container.ImageId)
            return Digest.Parse(container.ImageId);
        return pulled.Count == 0 || (meant is not null && pulled.Contains(meant.Value)) ? meant : pulled[0];
    }

    private static TimeSpan StopTimeout(ContainerState container) => TimeSpan.FromSeconds(container.Configuration.StopTimeout ?? 10);
}
