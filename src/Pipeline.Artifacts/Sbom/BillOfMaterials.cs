using Pipeline.Artifacts.Attaching;
using Pipeline.Artifacts.Sbom.Catalogues;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Sbom;

/// <summary>
/// The bill of materials of an artifact: every package in it and those it was built with, with version, hash, licence and what needs what, as CycloneDX 1.6,
/// https://cyclonedx.org/docs/1.6/json/. The same artifact gives the same bytes.
/// </summary>
public static class BillOfMaterials
{
    /// <summary>What it is as an attachment, and its media type.</summary>
    public const string ArtifactType = "application/vnd.cyclonedx+json";

    /// <summary>
    /// Lists what is in an artifact: the NuGet packages by what the SDK restored, and by what lies in the layers the shared .NET frameworks, Debian's packages
    /// and npm's.
    /// </summary>
    /// <param name="store">Where the artifact is.</param>
    /// <param name="digest">The artifact.</param>
    /// <param name="assetsFile">The <c>obj/project.assets.json</c> of the published project; null for what is no .NET application.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="DeliveryException">The artifact or the file is missing or damaged.</exception>
    public static async Task<AttachmentContent> ListAsync(ArtifactStore store, Digest digest, string? assetsFile, CancellationToken cancellation)
    {
        var packages = assetsFile is null ? Catalogue.Empty : NuGetPackages.Read(assetsFile);
        var (artifact, title, files) = await store.SelectAsync(
            digest, path => Frameworks.Wants(path) || DebianPackages.Wants(path) || NpmPackages.Wants(path), cancellation);
        var bom = BomWriter.Describe(artifact, title, [packages, Frameworks.Read(files), DebianPackages.Read(files), NpmPackages.Read(files)]);
        return new AttachmentContent(ArtifactType, ArtifactType, BomWriter.Write(bom));
    }
}
