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
    /// Lists what is in an artifact: the NuGet packages by what the SDK restored, and by what lies in the layers the shared .NET frameworks, the packages of
    /// .NET applications, Debian's and npm's.
    /// </summary>
    /// <param name="store">Where the artifact is.</param>
    /// <param name="digest">The artifact.</param>
    /// <param name="assetsFile">
    /// The <c>obj/project.assets.json</c> of the published project, which tells licences and what only the build needed; null when it is not at hand.
    /// </param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="DeliveryException">The artifact or the file is missing or damaged.</exception>
    public static async Task<AttachmentContent> ListAsync(ArtifactStore store, Digest digest, string? assetsFile, CancellationToken cancellation)
    {
        var packages = assetsFile is null ? Catalogue.Empty : NuGetPackages.Read(assetsFile);
        var (artifact, title, files) = await store.SelectAsync(digest, Wants, cancellation);
        // What the SDK restored comes first: of the same package it tells more.
        Catalogue[] catalogues = [packages, assetsFile is null ? DependencyFiles.Read(files) : Catalogue.Empty, Frameworks.Read(files), DebianPackages.Read(files), NpmPackages.Read(files)];
        return new AttachmentContent(ArtifactType, ArtifactType, BomWriter.Write(BomWriter.Describe(artifact, title, catalogues)));
    }

    /// <summary>Reads the bill of materials that is attached to an artifact, to see that it is whole.</summary>
    /// <exception cref="DeliveryException">It is missing, was changed, or is no bill of materials.</exception>
    public static async Task RequireAsync(ArtifactStore store, Digest digest, CancellationToken cancellation)
    {
        var attached = (await store.ListReferrersAsync(digest, cancellation)).LastOrDefault(attachment => attachment.ArtifactType == ArtifactType)
            ?? throw new DeliveryException($"artifact {digest} has no bill of materials; build it again with --target BuildImage --force BuildImage");
        BomReader.Read(await store.ReadAttachmentAsync(attached, cancellation));
    }

    private static bool Wants(string path) =>
        Frameworks.Wants(path) || DependencyFiles.Wants(path) || DebianPackages.Wants(path) || NpmPackages.Wants(path);
}
