using Pipeline.Engines.Docker.Containers;

namespace Pipeline.Engines.Docker.Instances;

/// <summary>Where an instance is on the network.</summary>
/// <param name="Address">Where the edge reaches it.</param>
/// <param name="Network">The network it joins.</param>
/// <param name="Ports">What it publishes; nothing on the edge's own host.</param>
internal sealed record InstancePlace(Uri Address, ContainerNetwork Network, IReadOnlyList<PublishedPort> Ports);
