using Pipeline.Artifacts;
using Pipeline.Artifacts.Docker;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Images;

namespace Pipeline.Applications.Stages.Docker;

/// <summary>The images of a store, as an engine takes them.</summary>
public sealed class StoredArchives(ArtifactStore store) : IImageArchives
{
    /// <inheritdoc />
    public async Task<string> ReadImageIdAsync(Digest release, CancellationToken cancellation) => (await DockerArchive.ReadIdAsync(Image(release), cancellation)).Value;

    /// <inheritdoc />
    public Task WriteAsync(Digest release, Stream archive, CancellationToken cancellation) => DockerArchive.WriteAsync(Image(release), [], archive, cancellation);

    private BaseImage Image(Digest digest) => new(digest.Abbreviated, digest, store);
}
