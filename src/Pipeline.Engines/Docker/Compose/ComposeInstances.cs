using Pipeline.Delivery.Environments;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Instances;

namespace Pipeline.Engines.Docker.Compose;

/// <summary>The instances of a release as services of a compose file.</summary>
public static class ComposeInstances
{
    /// <summary>One instance, as the Docker engine would run it, with its secrets as compose's own.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="image">The image of its release.</param>
    /// <param name="secretKeys">Which of its settings are secret.</param>
    /// <param name="settings">How instances run.</param>
    public static ComposeService Of(InstanceSpecification instance, string image, IReadOnlySet<string> secretKeys, DockerEngineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(settings);
        var secrets = instance.Settings.Keys.Where(secretKeys.Contains).Order(StringComparer.Ordinal).ToList();
        var open = instance with { Settings = instance.Settings.Where(setting => !secrets.Contains(setting.Key)).ToDictionary() };
        var place = new InstancePlace(AddressOf(instance, settings), ContainerNetwork.Named(settings.Scope.Network), []);
        var container = InstanceContainer.Of(open, image, place, secretKeys, settings);
        var files = secrets.Select(key => KeyValuePair.Create($"{key}_FILE", $"/run/secrets/{key}"));
        return new ComposeService(instance.Id, container with { Environment = container.Environment.Concat(files).ToDictionary() }) { Secrets = secrets };
    }

    /// <summary>Where other services reach an instance.</summary>
    public static Uri AddressOf(InstanceSpecification instance, DockerEngineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(settings);
        return new Uri($"http://{instance.Id}:{settings.ContainerPort}/");
    }
}
