using System.Globalization;
using System.Security.Cryptography;
using Pipeline.Artifacts.Sbom;

namespace Pipeline.Artifacts.Provenance;

/// <summary>Says of a build what SLSA wants to know.</summary>
internal static class StatementWriter
{
    /// <summary>The algorithm of digests in descriptors: https://github.com/in-toto/attestation/blob/v1.1.0/spec/v1/digest_set.md.</summary>
    public const string Sha256 = "sha256";

    /// <summary>The algorithm of fingerprints: the first half of the sha256 of a target's inputs, which names its evidence.</summary>
    private const string Fingerprint = "pipelineFingerprint";

    /// <summary>The name of the bill of materials among the byproducts.</summary>
    public const string BillOfMaterialsName = "sbom";

    /// <summary>How the names of evidence among the byproducts begin.</summary>
    public const string EvidencePrefix = "evidence/";

    /// <summary>The name of the base image among the materials.</summary>
    public const string BaseImageName = "base image";

    public static Statement Describe(Artifact artifact, string title, byte[] billOfMaterials, Bom bom, BuildRecord build, string? baseDigest, IEnumerable<string> images) => new()
    {
        Type = Statement.StatementType,
        Subject = [new ResourceDescriptor { Name = title, Digest = By(Sha256, artifact.Digest.Hex) }],
        PredicateType = Statement.SlsaProvenance,
        Predicate = new ProvenancePredicate(
            new BuildDefinition
            {
                BuildType = build.BuildType,
                ExternalParameters = build.ExternalParameters,
                InternalParameters = build.InternalParameters.Count > 0 ? build.InternalParameters : null,
                ResolvedDependencies = [.. build.Materials.Select(Describe), .. BaseImage(baseDigest), .. images.Select(Image), .. bom.Components.Select(Describe).OfType<ResourceDescriptor>()],
            },
            new RunDetails
            {
                Builder = new Builder(build.BuilderId),
                Metadata = new RunMetadata(build.InvocationId, build.StartedAt is { } started ? Time(started) : null, build.FinishedAt is { } finished ? Time(finished) : null),
                Byproducts = [Describe(billOfMaterials), .. build.Evidence.Select(Describe)],
            }),
    };

    /// <summary>Without an address: where the base lay is the business of the machine that built.</summary>
    private static IEnumerable<ResourceDescriptor> BaseImage(string? digest) =>
        digest is null ? [] : [new ResourceDescriptor { Name = BaseImageName, Digest = By(Sha256, digest.Split(':')[^1]) }];

    private static ResourceDescriptor Image(string image) => new() { Name = image.Split('@')[0], Digest = By(Sha256, image.Split(':')[^1]) };

    private static ResourceDescriptor Describe(Material material) => new() { Uri = material.Uri, Digest = By(material.Algorithm, material.Digest) };

    /// <summary>Packages with a hash; those without one are in the bill of materials, whose digest is here.</summary>
    private static ResourceDescriptor? Describe(BomComponent component) =>
        component is { PackageUrl: { } address, Hashes: [{ Algorithm: "SHA-512" } hash, ..] } ? new() { Uri = address, Digest = By("sha512", hash.Content) } : null;

    private static ResourceDescriptor Describe(byte[] billOfMaterials) => new()
    {
        Name = BillOfMaterialsName,
        MediaType = BillOfMaterials.ArtifactType,
        Digest = By(Sha256, Convert.ToHexStringLower(SHA256.HashData(billOfMaterials))),
    };

    private static ResourceDescriptor Describe(BuildEvidence evidence) => new()
    {
        Name = EvidencePrefix + evidence.Target,
        Digest = evidence.Fingerprint is { } fingerprint ? By(Fingerprint, fingerprint) : null,
        // A descriptor without a digest needs a URI, and this names the very same thing.
        Uri = evidence.Fingerprint is null ? $"urn:pipeline:evidence:{evidence.Target}" : null,
        Annotations = new Dictionary<string, string> { ["summary"] = evidence.Summary },
    };

    private static Dictionary<string, string> By(string algorithm, string digest) => new() { [algorithm] = digest };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
