using System.Security.Cryptography;
using Pipeline.Artifacts.Attaching;
using Pipeline.Artifacts.Provenance;
using Pipeline.Artifacts.Sbom;
using Pipeline.Artifacts.Sbom.Catalogues;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Verifying;

/// <summary>Holds the bill of materials against the artifact, against the provenance that names it, and against what the application says it is made of.</summary>
internal sealed class BillOfMaterialsCheck(ArtifactStore store)
{
    private const string Item = "bill of materials";
    private const string Again = "build the artifact again with --target BuildImage --force BuildImage";

    public async Task<IReadOnlyList<ArtifactFinding>> CheckAsync(
        Artifact artifact, IEnumerable<Attachment> attached, Statement? provenance, CancellationToken cancellation)
    {
        var attachments = attached.Where(attachment => attachment.ArtifactType == BillOfMaterials.ArtifactType).ToArray();
        if (attachments.Length == 0)
            return [Fault($"is missing; {Again}, or fetch it from where it was built")];
        var faults = new List<ArtifactFinding>();
        var named = provenance?.Predicate.RunDetails.Byproducts.FirstOrDefault(product => product.Name == StatementWriter.BillOfMaterialsName)?.DigestBy(StatementWriter.Sha256);
        foreach (var attachment in attachments.Reverse())
        {
            try
            {
                var content = await store.ReadAttachmentAsync(attachment, cancellation);
                var hash = Convert.ToHexStringLower(SHA256.HashData(content));
                var bom = BomReader.Read(content);
                var problems = await ProblemsAsync(artifact, bom, hash, provenance is null ? hash : named, cancellation);
                if (problems.Count == 0)
                    return [new(Item, IsSound: true, $"CycloneDX {bom.SpecificationVersion} of {bom.Components.Count} components, sha256:{hash[..12]}")];
                faults.AddRange(problems.Select(Fault));
            }
            catch (DeliveryException fault)
            {
                faults.Add(Fault(fault.Message));
            }
        }
        return faults;
    }

    private async Task<IReadOnlyList<string>> ProblemsAsync(Artifact artifact, Bom bom, string hash, string? named, CancellationToken cancellation)
    {
        var problems = new List<string>();
        if (hash != named)
            problems.Add($"sha256:{hash} is not the one that the provenance names (sha256:{named ?? "none"}); {Again} and --target Attest --force Attest");
        if (bom.Metadata.Component.Hashes?.Any(known => known.Content == artifact.Digest.Hex) != true)
            problems.Add($"it is about {(bom.Metadata.Component.Hashes is [var about, ..] ? about.Content : "no digest")} instead of {artifact.Digest}; {Again}");
        var lacking = (await ShippedAsync(artifact, cancellation)).Except(bom.Components.Select(component => component.PackageUrl ?? "")).Order(StringComparer.Ordinal).ToArray();
        if (lacking.Length > 0)
            problems.Add($"it lacks what the application ships: {string.Join(", ", lacking)}; {Again}");
        return problems;
    }

    /// <summary>The packages that the application itself says it is made of.</summary>
    private async Task<IReadOnlyList<string>> ShippedAsync(Artifact artifact, CancellationToken cancellation) =>
        [.. DependencyFiles.Read(await store.SelectOfApplicationAsync(artifact.Digest, DependencyFiles.Wants, cancellation)).Roots];

    private static ArtifactFinding Fault(string detail) => new(Item, IsSound: false, detail);
}
