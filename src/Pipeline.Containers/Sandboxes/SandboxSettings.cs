using Pipeline.Containers.Images;
using Pipeline.Engines.Docker.Containers;

namespace Pipeline.Containers.Sandboxes;

/// <summary>An environment's stand-ins for outside services, in a container.</summary>
public sealed record SandboxSettings
{
    /// <summary>The image of the sandbox program.</summary>
    public required IHostImage Image { get; init; }

    /// <summary>Which payment keys it accepts: <c>test</c> or <c>live</c>.</summary>
    public required string PaymentMode { get; init; }

    /// <summary>The port of the first host that its payment gateway and inbox are published on, for people and for instances on other hosts; 1 to 65535.</summary>
    public required int HttpPort { get; init; }

    /// <summary>The port of the first host that its mail server is published on, for instances on other hosts; null, the default, for none.</summary>
    public int? SmtpPort { get; init; }

    /// <summary>What it may use of its host.</summary>
    public ContainerLimits Limits { get; init; } = new() { Megabytes = 256 };
}
