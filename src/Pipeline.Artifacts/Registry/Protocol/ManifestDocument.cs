using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry.Protocol;

/// <summary>A manifest or an index as its bytes, which its digest is the hash of, and what of it matters for moving it.</summary>
internal sealed record ManifestDocument(byte[] Bytes, Digest Digest, string MediaType, ManifestContent Content)
{
    public bool IsIndex => ManifestTypes.IsIndex(MediaType);

    /// <summary>The blobs that must be there before it.</summary>
    public IEnumerable<Descriptor> Blobs => IsIndex ? [] : (Content.Layers ?? []).Prepend(Content.Configuration!).DistinctBy(blob => blob.Digest);

    /// <summary>The manifests that must be there before it.</summary>
    public IReadOnlyList<Descriptor> Manifests => IsIndex ? Content.Manifests! : [];

    /// <summary>What kind of thing it is when it is no image: https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#listing-referrers.</summary>
    public string? ArtifactType => Content.ArtifactType ?? Content.Configuration?.MediaType;

    /// <summary>How others name it.</summary>
    public Descriptor ToDescriptor() => new() { MediaType = MediaType, Digest = Digest, Size = Bytes.Length };

    /// <summary>Reads a document that is hashed here.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="declared">The media type that was sent with it, which counts when the document does not say; null for none.</param>
    /// <param name="subject">What it is, for messages.</param>
    /// <exception cref="RegistryException">It is none that is understood.</exception>
    public static ManifestDocument Read(byte[] bytes, string? declared, string subject)
    {
        var content = Parse(bytes, subject);
        var type = content.MediaType ?? declared ?? "";
        if (!ManifestTypes.Understood.Contains(type))
            throw new RegistryException($"{subject} is a '{type}' and no image that is understood; convert it to an OCI image, for example with skopeo copy --format oci");
        var document = new ManifestDocument(bytes, Digest.Parse("sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes))), type, content);
        // A document that is both was made to be read as one thing here and as another there: https://github.com/advisories/GHSA-77vh-xpmg-72qh.
        var isWhole = document.IsIndex ? content is { Manifests: not null, Layers: null, Configuration: null } : content is { Manifests: null, Layers: not null, Configuration: not null };
        return isWhole && content.SchemaVersion == 2
            ? document
            : throw new RegistryException($"{subject} calls itself a '{type}' of schema {content.SchemaVersion} and has not the members of one; build and push the image again");
    }

    private static ManifestContent Parse(byte[] bytes, string subject)
    {
        try
        {
            return CanonicalJson.Read<ManifestContent>(bytes);
        }
        catch (JsonException damaged)
        {
            throw new RegistryException($"{subject} is no manifest: {damaged.Message}", damaged);
        }
    }
}
