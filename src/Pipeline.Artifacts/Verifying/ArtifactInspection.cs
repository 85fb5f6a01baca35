using System.Globalization;
using Pipeline.Artifacts.Signing;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Verifying;

/// <summary>
/// Finds out whether an artifact may be used: every byte is what its digest says, its bill of materials is there and is its own, and its provenance names this
/// digest and this commit under the signature of a trusted key. All that is missing or wrong is said at once.
/// </summary>
/// <param name="store">Where the artifact is.</param>
/// <param name="trust">Whose signatures count.</param>
public sealed class ArtifactInspection(ArtifactStore store, Trust trust)
{
    /// <summary>Inspects an artifact with what is attached to it.</summary>
    /// <returns>Every finding, the faults among them; a missing or damaged artifact is a finding too.</returns>
    /// <exception cref="DeliveryException">The store's index is damaged.</exception>
    public async Task<ArtifactReport> InspectAsync(Digest digest, CancellationToken cancellation)
    {
        Artifact artifact;
        try
        {
            artifact = await store.VerifyAsync(digest, cancellation);
        }
        catch (DeliveryException fault)
        {
            return new ArtifactReport(digest, [new("artifact", IsSound: false, fault.Message)], Signer: null);
        }
        var attached = await store.ListReferrersAsync(digest, cancellation);
        var provenance = new ProvenanceCheck(store, trust);
        var statement = await provenance.FindAsync(artifact, attached, cancellation);
        var materials = await new BillOfMaterialsCheck(store).CheckAsync(artifact, attached, statement, cancellation);
        return new ArtifactReport(digest, [Describe(artifact), .. materials, .. provenance.Findings], provenance.Signer);
    }

    private static ArtifactFinding Describe(Artifact artifact) => new(
        "artifact", IsSound: true,
        string.Create(CultureInfo.InvariantCulture, $"{artifact.Digest}, every byte as it says, {artifact.Layers.Count} layers, {artifact.Size / 1e6:0.0} MB, version {artifact.Version}"));
}
