using Cake.Common.Diagnostics;
using Pipeline.Applications.Sources.Git;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Provenance;
using Pipeline.Artifacts.Sbom;
using Pipeline.Artifacts.Verifying;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Targets;

namespace Pipeline.Applications.SupplyChain;

/// <summary>What is said of the Shop's artifacts: what is in them and where they came from. Said when they are built, verified before every use.</summary>
public sealed class ArtifactOrigin(ArtifactStore store, ArtifactKeys keys)
{
    /// <summary>Who signs, and whose signatures count.</summary>
    public ArtifactKeys Keys => keys;

    /// <summary>How artifacts are built here, as provenance names it: a URI whose meaning docs/supply-chain.md tells.</summary>
    public string BuildType { get; init; } = "urn:pipeline:build:dotnet-publish:1";

    /// <summary>Attaches the bill of materials.</summary>
    public async Task ListMaterialsAsync(Digest digest, string? assetsFile, CancellationToken cancellation) =>
        await store.AttachAsync(digest, await BillOfMaterials.ListAsync(store, digest, assetsFile, cancellation), cancellation);

    /// <summary>Signs and attaches where an artifact came from.</summary>
    public async Task<Attestation> SealAsync(
        TargetContext context, GitFacts sources, Artifact artifact, IReadOnlyList<BuildEvidence> evidence, CancellationToken cancellation)
    {
        var key = await keys.ReadSigningKeyAsync(made => context.Say($"made this machine's signing key {made}; its public half is {keys.PublicKeyFile}:\n{made.Pem}"), cancellation);
        if (ArtifactKeys.IsPassing)
            context.Warning($"{artifact.Digest} is signed with a key that was made on this runner and is gone with it; give the runner one in {ArtifactKeys.Variable}, and commit its public half as trusted-keys.pem");
        await BuildProvenance.SealAsync(store, artifact.Digest, BuildRecords.Of(BuildType, context, sources, artifact, evidence), key, cancellation);
        keys.Carry(key.PublicKey);
        return new(artifact.Digest, key.PublicKey.Id);
    }

    /// <summary>Finds out whether an artifact may be used.</summary>
    /// <param name="digest">The artifact.</param>
    /// <param name="ledger">What may know whose key signed it; null when it does not run.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<ArtifactReport> InspectAsync(Digest digest, ILedger? ledger, CancellationToken cancellation)
    {
        var offered = await BuildProvenance.ReadOfferedKeysAsync(store, digest, cancellation);
        return await new ArtifactInspection(store, await keys.ReadTrustAsync(digest, offered, ledger, cancellation)).InspectAsync(digest, cancellation);
    }
}
