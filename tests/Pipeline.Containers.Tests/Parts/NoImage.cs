using Pipeline.Containers.Images;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;

namespace Pipeline.Containers.Tests.Parts;

/// <summary>An image that cannot be had: of a machine without root, debootstrap and registry.</summary>
internal sealed class NoImage : IHostImage
{
    public const string Message = "no image can be had here";

    public Task<string> EnsureAsync(DockerCli docker, CancellationToken cancellation) => throw new DeliveryException(Message);
}
