using System.Globalization;
using Pipeline.Artifacts.Attaching;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Sbom;
using Pipeline.Artifacts.Signing;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Provenance;

/// <summary>
/// The signed statement of where an artifact came from: SLSA provenance v1 (https://slsa.dev/spec/v1.0/provenance) in an in-toto statement in a DSSE envelope.
/// </summary>
public static class BuildProvenance
{
    /// <summary>What it is as an attachment, and what its envelope holds.</summary>
    public const string ArtifactType = "application/vnd.in-toto+json";

    private const string PredicateTypeKey = "in-toto.io/predicate-type";

    /// <summary>Says, signs and attaches where an artifact came from. Its bill of materials has to be attached already: the statement names it.</summary>
    /// <param name="store">Where the artifact is.</param>
    /// <param name="digest">The artifact.</param>
    /// <param name="build">How it came to be.</param>
    /// <param name="key">Who answers for that.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="DeliveryException">The artifact or its bill of materials is missing or damaged, or the disk refused.</exception>
    public static async Task<Attachment> SealAsync(ArtifactStore store, Digest digest, BuildRecord build, SigningKey key, CancellationToken cancellation)
    {
        var (artifact, title, below, images) = await store.DescribeAsync(digest, cancellation);
        var attached = (await store.ListReferrersAsync(digest, cancellation)).LastOrDefault(attachment => attachment.ArtifactType == BillOfMaterials.ArtifactType)
            ?? throw new DeliveryException($"artifact {digest} has no bill of materials, which its provenance names; attach one first: --target BuildImage does");
        var materials = await store.ReadAttachmentAsync(attached, cancellation);
        var statement = StatementWriter.Describe(artifact, title, materials, BomReader.Read(materials), build, below, images);
        var envelope = Envelope.Seal(ArtifactType, CanonicalJson.Write(statement), key);
        return await store.AttachAsync(
            digest,
            new AttachmentContent(ArtifactType, Envelope.MediaType, envelope.Write())
            {
                Annotations = new Dictionary<string, string>
                {
                    [PredicateTypeKey] = Statement.SlsaProvenance,
                    [AnnotationKeys.Key] = key.PublicKey.Id,
                    [AnnotationKeys.PublicKey] = key.PublicKey.Pem,
                    [AnnotationKeys.Created] = build.SealedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                },
            },
            cancellation);
    }

    /// <summary>
    /// The keys that an artifact's statements say they were signed with. Whether any of them may be trusted has to be known from elsewhere: by its
    /// <see cref="VerificationKey.Id"/>, which cannot be forged.
    /// </summary>
    /// <exception cref="DeliveryException">The store's index is damaged.</exception>
    public static async Task<IReadOnlyList<VerificationKey>> ReadOfferedKeysAsync(ArtifactStore store, Digest digest, CancellationToken cancellation)
    {
        var keys = new List<VerificationKey>();
        foreach (var attachment in (await store.ListReferrersAsync(digest, cancellation)).Where(attachment => attachment.ArtifactType == ArtifactType))
        {
            if (attachment.Annotations.TryGetValue(AnnotationKeys.PublicKey, out var pem) && VerificationKey.TryRead(pem) is { } key)
                keys.Add(key);
        }
        return keys;
    }
}
