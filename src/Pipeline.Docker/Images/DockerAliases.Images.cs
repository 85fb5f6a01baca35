using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Docker;

/// <summary>
/// The docker command as methods of the context, named and shaped as in the Cake.Docker addin. Each throws a <see cref="CakeException"/> when there is no docker
/// command or it fails.
/// </summary>
[CakeAliasCategory("Docker")]
public static partial class DockerAliases
{
    /// <summary>Builds an image from the Dockerfile in a folder.</summary>
    [CakeMethodAlias]
    public static void DockerBuild(this ICakeContext context, string path) => DockerBuild(context, new DockerImageBuildSettings(), path);

    /// <summary>Builds an image from a Dockerfile.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">The options.</param>
    /// <param name="path">The folder that COPY sees.</param>
    [CakeMethodAlias]
    public static void DockerBuild(this ICakeContext context, DockerImageBuildSettings settings, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Tool<DockerImageBuildSettings>(context, "build").Run(settings, path);
    }

    /// <summary>Brings an image from its registry to the engine.</summary>
    [CakeMethodAlias]
    public static void DockerPull(this ICakeContext context, string imageName) => DockerPull(context, new DockerImagePullSettings(), imageName);

    /// <summary>Brings an image from its registry to the engine.</summary>
    [CakeMethodAlias]
    public static void DockerPull(this ICakeContext context, DockerImagePullSettings settings, string imageName)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageName);
        Tool<DockerImagePullSettings>(context, "pull").Run(settings, imageName);
    }

    /// <summary>Brings an image from the engine to its registry.</summary>
    [CakeMethodAlias]
    public static void DockerPush(this ICakeContext context, string imageName) => DockerPush(context, new DockerImagePushSettings(), imageName);

    /// <summary>Brings an image from the engine to its registry.</summary>
    [CakeMethodAlias]
    public static void DockerPush(this ICakeContext context, DockerImagePushSettings settings, string imageName)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageName);
        Tool<DockerImagePushSettings>(context, "push").Run(settings, imageName);
    }

    /// <summary>Gives an image a further name.</summary>
    [CakeMethodAlias]
    public static void DockerTag(this ICakeContext context, string image, string registryReference)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        ArgumentException.ThrowIfNullOrEmpty(registryReference);
        Tool<DockerImageTagSettings>(context, "tag").Run(new(), image, registryReference);
    }

    /// <summary>Writes images of the engine into an archive.</summary>
    [CakeMethodAlias]
    public static void DockerSave(this ICakeContext context, DockerImageSaveSettings settings, params string[] images)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfZero(images.Length, nameof(images));
        Tool<DockerImageSaveSettings>(context, "save").Run(settings, images);
    }

    /// <summary>Reads the images of an archive into the engine.</summary>
    [CakeMethodAlias]
    public static void DockerLoad(this ICakeContext context, DockerImageLoadSettings settings) =>
        Tool<DockerImageLoadSettings>(context, "load").Run(settings);

    /// <summary>The images of the engine, a line each.</summary>
    [CakeMethodAlias]
    public static IEnumerable<string> DockerImageLs(this ICakeContext context, DockerImageLsSettings settings) =>
        Tool<DockerImageLsSettings>(context, "image ls").RunWithResult(settings);

    /// <summary>The images of the engine, a line each.</summary>
    [CakeMethodAlias]
    public static IEnumerable<string> DockerImages(this ICakeContext context, DockerImageLsSettings settings) => DockerImageLs(context, settings);

    /// <summary>Takes names, and images without any, from the engine.</summary>
    [CakeMethodAlias]
    public static void DockerRemove(this ICakeContext context, params string[] images) => DockerRemove(context, new DockerImageRemoveSettings(), images);

    /// <summary>Takes names, and images without any, from the engine.</summary>
    [CakeMethodAlias]
    public static void DockerRemove(this ICakeContext context, DockerImageRemoveSettings settings, params string[] images)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfZero(images.Length, nameof(images));
        Tool<DockerImageRemoveSettings>(context, "rmi").Run(settings, images);
    }

    /// <summary>What the engine knows of something, a line each.</summary>
    [CakeMethodAlias]
    public static IEnumerable<string> DockerInspect(this ICakeContext context, DockerInspectSettings settings, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfZero(names.Length, nameof(names));
        return Tool<DockerInspectSettings>(context, "inspect").RunWithResult(settings, names);
    }

    private static DockerTool<TSettings> Tool<TSettings>(ICakeContext context, string command)
        where TSettings : AutoToolSettings
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(context, command);
    }
}
