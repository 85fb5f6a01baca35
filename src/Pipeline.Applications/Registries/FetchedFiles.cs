using Pipeline.Artifacts;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Applications.Registries;

/// <summary>The application inside an artifact, which is fetched first when this clone has never seen it: a rollback needs the release of last month.</summary>
public sealed class FetchedFiles(IApplicationFiles files, ArtifactStore store, ReleaseRegistry registry) : IApplicationFiles
{
    /// <inheritdoc />
    public async Task<ApplicationFiles> UnpackAsync(Digest digest, CancellationToken cancellation)
    {
        await registry.EnsureHereAsync(store, digest, cancellation);
        return await files.UnpackAsync(digest, cancellation);
    }
}
