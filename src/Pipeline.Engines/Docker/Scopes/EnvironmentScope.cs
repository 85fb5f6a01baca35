using System.Text.RegularExpressions;
using Pipeline.Delivery;

namespace Pipeline.Engines.Docker.Scopes;

/// <summary>
/// One environment of one service on Docker hosts: how its containers, network and volumes are named and labelled. Everything that belongs to it is found
/// again by its labels, and what does not carry them is never touched.
/// </summary>
public sealed partial record EnvironmentScope
{
    /// <summary>Names the scope.</summary>
    /// <param name="service">The service: <c>shop</c>.</param>
    /// <param name="environment">The environment: <c>production</c>.</param>
    /// <exception cref="DeliveryException">A name is none; the message holds all faults.</exception>
    public EnvironmentScope(string service, string environment)
    {
        var faults = new[] { ("service", service), ("environment", environment) }.Where(name => !Name().IsMatch(name.Item2))
            .Select(name => $"{name.Item1} '{name.Item2}' is no name for containers; use at most 40 lower-case letters, digits and hyphens").ToList();
        if (faults.Count > 0)
            throw new DeliveryException(string.Join('\n', faults));
        (Service, Environment) = (service, environment);
    }

    /// <summary>The service.</summary>
    public string Service { get; }

    /// <summary>The environment.</summary>
    public string Environment { get; }

    /// <summary>The beginning of all names: <c>shop-production</c>.</summary>
    public string Prefix => $"{Service}-{Environment}";

    /// <summary>The network of the environment's containers on one host.</summary>
    public string Network => Prefix;

    /// <summary>The container that owns the published port's network namespace and keeps the secrets in memory.</summary>
    public string Keeper => Container("keeper");

    /// <summary>The volume in memory with the secrets of the instances.</summary>
    public string SecretsVolume => Container("secrets");

    /// <summary>The repository of the local tags that hold the environment's images on a host, so that no other environment's prune takes them.</summary>
    public string ImageRepository => $"pipeline/{Prefix}";

    /// <summary>The labels that everything of the environment carries.</summary>
    public IReadOnlyDictionary<string, string> Labels => new Dictionary<string, string> { [ScopeLabels.Service] = Service, [ScopeLabels.Environment] = Environment };

    /// <summary>The name of one of the environment's containers or volumes. An instance id begins with the environment's name already.</summary>
    public string Container(string id) => id.StartsWith($"{Environment}-", StringComparison.Ordinal) ? $"{Service}-{id}" : $"{Prefix}-{id}";

    /// <summary>The arguments with which <c>docker</c> lists only what belongs to the environment.</summary>
    public IReadOnlyList<string> Filters => [.. Labels.SelectMany(label => new[] { "--filter", $"label={label.Key}={label.Value}" })];

    /// <summary>Whether something with these labels belongs to the environment.</summary>
    public bool Owns(IReadOnlyDictionary<string, string>? labels) => labels is not null && Labels.All(label => labels.GetValueOrDefault(label.Key) == label.Value);

    /// <inheritdoc />
    public override string ToString() => $"{Service} {Environment}";

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,39}\z")]
    private static partial Regex Name();
}
