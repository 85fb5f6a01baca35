using Pipeline.Applications.Images;
using Pipeline.Containers;
using Pipeline.Containers.Images;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Targets;

namespace Pipeline.Applications.Stages.Docker;

/// <summary>What is said about Docker hosts and the images on them, read once.</summary>
/// <param name="Service">The beginning of all names on a host.</param>
/// <param name="StagingHosts">Staging's hosts.</param>
/// <param name="ProductionHosts">Production's hosts.</param>
/// <param name="EdgeImage">The edge's image; null for the one made here.</param>
/// <param name="PostgresImage">The database's image; null for the one made here.</param>
/// <param name="Entrance">How users come to the edge; null for a door wherever the engine allows one.</param>
public sealed record DockerParameters(
    string Service, IReadOnlyList<DockerHost> StagingHosts, IReadOnlyList<DockerHost> ProductionHosts, string? EdgeImage, string? PostgresImage, Entrance? Entrance = null)
{
    /// <summary>Whether a database that runs is replaced where its image is another than the one named; not by default.</summary>
    public bool RenewDatabase { get; init; }

    internal const string Door = "door";
    internal const string Published = "published";

    /// <summary>Reads what was said.</summary>
    /// <param name="values">The parameters.</param>
    /// <param name="service">The beginning of all names on a host.</param>
    public static DockerParameters Read(ParameterValues values, string service)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(
            service, Hosts(values, DeliveryParameters.StagingHost), Hosts(values, DeliveryParameters.ProductionHost),
            values.Get(DeliveryParameters.EdgeImage), values.Get(DeliveryParameters.PostgresImage),
            values.Get(DeliveryParameters.Entrance) switch { Door => Containers.Entrance.Door, Published => Containers.Entrance.Published, _ => null })
        {
            RenewDatabase = values.Get(DeliveryParameters.RenewDatabase),
        };
    }

    /// <summary>This machine's own engine, and images made here.</summary>
    public static DockerParameters OfThisMachine(string service) => new(service, [DockerHost.OfThisMachine], [DockerHost.OfThisMachine], null, null);

    /// <summary>The parameters that somebody gave hosts with; empty where all environments live on what this machine has.</summary>
    public IReadOnlyList<NamedHosts> Named =>
    [
        .. new NamedHosts[] { new($"--{DeliveryParameters.ProductionHost.Name}", ProductionHosts), new($"--{DeliveryParameters.StagingHost.Name}", StagingHosts) }
            .Where(named => !named.Hosts.Contains(DockerHost.OfThisMachine)),
    ];

    /// <summary>The hosts of an environment.</summary>
    public IReadOnlyList<DockerHost> HostsOf(string environment) => environment == EnvironmentNames.Production ? ProductionHosts : StagingHosts;

    /// <summary>Where users reach an environment: at its first host.</summary>
    /// <exception cref="DeliveryException">Nothing says where that is.</exception>
    public string AddressOf(string environment) => HostsOf(environment)[0] is var first && first.Address is { } address
        ? address
        : throw new DeliveryException($"--{environment}-host: nothing says where the published ports of {first} are reached; write {first}?address=… with the address of the host");

    /// <summary>An image that was named, or else the one that a recipe makes here.</summary>
    public static IHostImage Image(string? name, ImageHouse images, string recipe) => name is null ? new RecipeImage(images, recipe) : new NamedImage(name);

    private static IReadOnlyList<DockerHost> Hosts(ParameterValues values, Parameter<string> parameter) =>
        values.Get(parameter) is { } text ? DockerHosts.Parse(text, $"--{parameter.Name}") : [DockerHost.OfThisMachine];
}

/// <summary>Hosts that somebody named.</summary>
/// <param name="Parameter">How: <c>--production-host</c>.</param>
/// <param name="Hosts">The hosts.</param>
public sealed record NamedHosts(string Parameter, IReadOnlyList<DockerHost> Hosts);
