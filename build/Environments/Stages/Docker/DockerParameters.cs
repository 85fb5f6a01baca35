using Pipeline.Delivery;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Targets;

namespace Build.Environments.Stages.Docker;

/// <summary>What is said about Docker hosts and the images on them, read once.</summary>
/// <param name="Service">The beginning of all names on a host.</param>
/// <param name="StagingHosts">Staging's hosts.</param>
/// <param name="ProductionHosts">Production's hosts.</param>
/// <param name="EdgeImage">The edge's image; null for the one made here.</param>
/// <param name="PostgresImage">The database's image; null for the one made here.</param>
/// <param name="SandboxImage">The sandbox's image; null for the one made here.</param>
public sealed record DockerParameters(
    string Service, IReadOnlyList<DockerHost> StagingHosts, IReadOnlyList<DockerHost> ProductionHosts, string? EdgeImage, string? PostgresImage, string? SandboxImage)
{
    /// <summary>This machine's own engine, and images made here.</summary>
    public static DockerParameters OfThisMachine { get; } = new("shop", [DockerHost.OfThisMachine], [DockerHost.OfThisMachine], null, null, null);

    public static DockerParameters Read(ParameterValues values) => new(
        values.Get(Parameters.Service)!, Hosts(values, Parameters.StagingHost), Hosts(values, Parameters.ProductionHost),
        values.Get(Parameters.EdgeImage), values.Get(Parameters.PostgresImage), values.Get(Parameters.SandboxImage));

    public IReadOnlyList<DockerHost> HostsOf(string environment) => environment == Production.Name ? ProductionHosts : StagingHosts;

    /// <summary>Where users reach an environment: at its first host.</summary>
    /// <exception cref="DeliveryException">Nothing says where that is.</exception>
    public string AddressOf(string environment) => HostsOf(environment)[0] is var first && first.Address is { } address
        ? address
        : throw new DeliveryException($"--{environment}-host: nothing says where the published ports of {first} are reached; write {first}?address=… with the address of the host");

    private static IReadOnlyList<DockerHost> Hosts(ParameterValues values, Parameter<string> parameter) =>
        values.Get(parameter) is { } text ? DockerHosts.Parse(text, $"--{parameter.Name}") : [DockerHost.OfThisMachine];
}
