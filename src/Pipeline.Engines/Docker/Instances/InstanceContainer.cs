using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Engines.Docker.Secrets;
using Pipeline.Engines.Instances;

namespace Pipeline.Engines.Docker.Instances;

/// <summary>An instance as a container, and a container as the instance that it is.</summary>
internal static class InstanceContainer
{
    internal const string Role = "instance";
    private const string NotAsked = "not asked: its image has neither a health check nor curl, wget or bash";

    internal static ContainerSpecification Of(InstanceSpecification instance, string image, InstancePlace place, IReadOnlySet<string> secretKeys, DockerEngineSettings settings)
    {
        var fingerprint = instance.SettingsFingerprint();
        var secrets = instance.Settings.Keys.Where(secretKeys.Contains).ToList();
        return new()
        {
            Name = settings.Scope.Container(instance.Id),
            Role = Role,
            Image = image,
            User = settings.User,
            Environment = Environment(instance, fingerprint, secrets, settings.ContainerPort),
            Labels = new Dictionary<string, string>
            {
                [ScopeLabels.Release] = instance.Digest.Value,
                [ScopeLabels.Instance] = instance.Id,
                [ScopeLabels.Colour] = instance.Colour.Name(),
                [ScopeLabels.Settings] = fingerprint,
                [ScopeLabels.Address] = place.Address.ToString(),
            },
            Network = place.Network,
            Ports = place.Ports,
            Volumes = secrets.Count == 0 ? [] : [new(settings.Scope.SecretsVolume, SecretsVolume.Path, VolumeAccess.Read)],
            Limits = settings.Limits,
            HealthCheck = settings.HealthCheck,
            StopTimeout = instance.StopTimeout,
        };
    }

    /// <summary>The instance of a container; null when the container is none.</summary>
    /// <param name="container">The container.</param>
    /// <param name="digest">The digest of what it really runs; null when the host cannot tell.</param>
    /// <param name="lastExit">How it ended last.</param>
    internal static Instance? Observed(ContainerState container, Digest? digest, string? lastExit)
    {
        if (container.Label(ScopeLabels.Role) != Role || container.Label(ScopeLabels.Instance) is not { } id || container.Label(ScopeLabels.Settings) is not { } settings
            || !Enum.TryParse<Colour>(container.Label(ScopeLabels.Colour), ignoreCase: true, out var colour)
            || !Uri.TryCreate(container.Label(ScopeLabels.Address), UriKind.Absolute, out var address)
            || !Digest.TryParse(container.Label(ScopeLabels.Release), out var labelled))
        {
            return null;
        }
        var running = container.Life is { Status: "running", Running: true, Restarting: false };
        return new Instance(id, colour, digest ?? labelled, settings, address, running, container.Life.StartedAt, container.RestartCount, lastExit)
        {
            Health = container.Life.Health?.Status ?? NotAsked,
        };
    }

    private static Dictionary<string, string> Environment(InstanceSpecification instance, string fingerprint, List<string> secrets, int port)
    {
        var environment = instance.Settings.Where(setting => !secrets.Contains(setting.Key))
            .Concat(InstanceSecrets.Variables(fingerprint, secrets)).ToDictionary(StringComparer.Ordinal);
        environment[InstanceVariables.Port] = $"{port}";
        environment[InstanceVariables.Digest] = instance.Digest.Value;
        environment[InstanceVariables.Colour] = instance.Colour.Name();
        environment[InstanceVariables.Settings] = fingerprint;
        return environment;
    }
}
