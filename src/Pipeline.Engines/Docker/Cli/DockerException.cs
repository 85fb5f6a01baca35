using Pipeline.Delivery;
using Pipeline.Engines.Docker.Hosts;

namespace Pipeline.Engines.Docker.Cli;

/// <summary>A Docker host did not do what it was asked. The message names host, object, the engine's own words and the remedy.</summary>
public sealed class DockerException : DeliveryException
{
    internal DockerException(DockerHost host, DockerFault fault, string message, Exception? cause = null)
        : base(message, cause) => (Host, Fault) = (host, fault);

    /// <summary>The host.</summary>
    public DockerHost Host { get; }

    /// <summary>What kind of fault it is.</summary>
    public DockerFault Fault { get; }
}
