using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Registry.Protocol;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry.Transfer;

/// <summary>All that belongs to a pull, before any of it is visible.</summary>
/// <param name="Documents">Manifests and indexes, to be written.</param>
/// <param name="Named">Those of them that the store's index names.</param>
/// <param name="Blobs">Configurations and layers.</param>
/// <param name="Fetched">Those of them that lie among the partial files, whole and hashed.</param>
internal sealed record PulledContent(
    IReadOnlyList<ManifestDocument> Documents, IReadOnlyList<ManifestDocument> Named, IReadOnlyList<Descriptor> Blobs, IReadOnlySet<Digest> Fetched);
