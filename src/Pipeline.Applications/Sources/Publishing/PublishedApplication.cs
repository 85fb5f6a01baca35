using Pipeline.Artifacts;

namespace Pipeline.Applications.Sources.Publishing;

/// <summary>A published application that waits to be written as an artifact. Its files go when it is disposed.</summary>
/// <param name="image">What the image is to be made of.</param>
/// <param name="assetsFile">What the SDK restored for it: its <c>obj/project.assets.json</c>.</param>
/// <param name="folder">The folder that goes.</param>
public sealed class PublishedApplication(ImageSpecification image, string assetsFile, string folder) : IDisposable
{
    /// <summary>What the SDK restored for it: its <c>obj/project.assets.json</c>.</summary>
    public string AssetsFile { get; } = assetsFile;

    /// <summary>What the image is to be made of.</summary>
    public ImageSpecification Image { get; } = image;

    /// <inheritdoc />
    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
