using Pipeline.Applications.Images;
using Pipeline.Containers.Images;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Images;

namespace Pipeline.Applications.Stages.Docker;

/// <summary>An image that is made on this machine from its own packages, once, and sent to the host.</summary>
internal sealed class RecipeImage(ImageHouse images, string recipe) : IHostImage
{
    public async Task<string> EnsureAsync(DockerCli docker, CancellationToken cancellation)
    {
        try
        {
            var image = await images.Folder.EnsureAsync(images.Recipe(recipe), cancellation);
            return await new LoadedImages(new StoredArchives(image.Store)).EnsureAsync(docker, image.Digest, cancellation);
        }
        catch (DeliveryException fault) when (fault is not DockerException)
        {
            throw new DeliveryException($"{fault.Message}\nor name an image that the host has, or pulls from a registry, with --{recipe}-image", fault);
        }
    }
}
