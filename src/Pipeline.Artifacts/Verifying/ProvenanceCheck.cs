using System.Text.Json;
using Pipeline.Artifacts.Attaching;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Provenance;
using Pipeline.Artifacts.Signing;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Verifying;

/// <summary>Finds the provenance that a trusted key signed, and holds it against the artifact.</summary>
internal sealed class ProvenanceCheck(ArtifactStore store, Trust trust)
{
    private const string Provenance = "provenance";
    private const string Signature = "signature";
    private const string Again = "sign it anew with --target Attest --force Attest";
    private readonly List<ArtifactFinding> findings = [];

    public IReadOnlyList<ArtifactFinding> Findings => findings;

    public TrustedKey? Signer { get; private set; }

    /// <summary>The statement that counts; null when there is none, and the findings say why.</summary>
    public async Task<Statement?> FindAsync(Artifact artifact, IEnumerable<Attachment> attached, CancellationToken cancellation)
    {
        var envelopes = new List<Envelope>();
        foreach (var attachment in attached.Where(attachment => attachment.ArtifactType == BuildProvenance.ArtifactType).Reverse())
            await ReadAsync(attachment, envelopes, cancellation);
        if (envelopes.Count == 0 && findings.Count == 0)
            Fault(Provenance, "is missing; attach it with --target Attest on the commit it was built from, or fetch it from where it was built");
        if (envelopes.Count == 0)
            return null;
        var counting = envelopes.Find(envelope => (Signer = trust.FindSigner(envelope)) is not null);
        if (counting is null)
            Fault(Signature, Untrusted(envelopes[0]));
        else
            Sound(Signature, $"by key {Signer!.Key} ({Signer.Origin})");
        // One good signature is enough: a damaged or foreign statement beside it takes nothing away.
        if (counting is not null)
            findings.RemoveAll(finding => !finding.IsSound);
        return Read(counting ?? envelopes[0]) is { } statement && HoldAgainst(artifact, statement) ? statement : null;
    }

    private async Task ReadAsync(Attachment attachment, List<Envelope> envelopes, CancellationToken cancellation)
    {
        try
        {
            envelopes.Add(Envelope.Read(await store.ReadAttachmentAsync(attachment, cancellation)));
        }
        catch (DeliveryException fault)
        {
            Fault(Provenance, fault.Message);
        }
    }

    private string Untrusted(Envelope envelope)
    {
        var claimed = trust.Keys.FirstOrDefault(trusted => envelope.Signatures.Any(signature => signature.KeyId == trusted.Key.Id));
        if (claimed is not null)
            return $"the provenance was changed after key {claimed.Key} ({claimed.Origin}) signed it; {Again}";
        var signers = string.Join(", ", envelope.Signatures.Select(signature => signature.KeyId.Length > 16 ? signature.KeyId[..16] : signature.KeyId));
        var trusted = trust.Keys.Count == 0 ? "no key is trusted" : $"trusted are {string.Join(", ", trust.Keys.Select(key => $"{key.Key} ({key.Origin})"))}";
        return $"the provenance is signed by key {signers}, which is not trusted: {trusted}; {trust.Remedy}";
    }

    private Statement? Read(Envelope envelope)
    {
        if (envelope.PayloadType != BuildProvenance.ArtifactType)
        {
            Fault(Provenance, $"its envelope holds a '{envelope.PayloadType}' instead of {BuildProvenance.ArtifactType}; {Again}");
            return null;
        }
        try
        {
            return CanonicalJson.Read<Statement>(envelope.Payload.Span);
        }
        catch (JsonException malformed)
        {
            Fault(Provenance, $"is no in-toto statement: {malformed.Message}; {Again}");
            return null;
        }
    }

    private bool HoldAgainst(Artifact artifact, Statement statement)
    {
        var before = findings.Count(finding => !finding.IsSound);
        if (statement.Type != Statement.StatementType || statement.PredicateType != Statement.SlsaProvenance)
            Fault(Provenance, $"it is a '{statement.PredicateType}' in a '{statement.Type}' instead of {Statement.SlsaProvenance}; {Again}");
        if (statement.Subject.All(subject => subject.DigestBy(StatementWriter.Sha256) != artifact.Digest.Hex))
            Fault(Provenance, $"it is about sha256:{string.Join(", ", statement.Subject.Select(subject => subject.DigestBy(StatementWriter.Sha256)))} instead of {artifact.Digest}; {Again}");
        var commits = statement.Predicate.BuildDefinition.ResolvedDependencies.Select(dependency => dependency.DigestBy(Material.GitCommit)).OfType<string>().ToArray();
        if (!commits.Contains(artifact.Commit))
            Fault(Provenance, $"it says commit {(commits.Length == 0 ? "(none)" : string.Join(", ", commits))}, and the artifact {artifact.Commit}; {Again}");
        var isSound = findings.Count(finding => !finding.IsSound) == before;
        if (isSound)
        {
            Sound(Provenance, $"SLSA v1 by {statement.Predicate.RunDetails.Builder.Id} from commit {artifact.Commit}");
            Sound("evidence", Evidence(statement));
        }
        return isSound;
    }

    // Which checks there have to be is the business of who signs and of the gates: this says what there is, and that something is missing.
    private static string Evidence(Statement statement)
    {
        var named = statement.Predicate.RunDetails.Byproducts.Where(byproduct => byproduct.Name?.StartsWith(StatementWriter.EvidencePrefix, StringComparison.Ordinal) == true)
            .Select(byproduct => byproduct.Name![StatementWriter.EvidencePrefix.Length..] + (byproduct.Digest is null ? " (without a fingerprint)" : "")).ToArray();
        return named.Length > 0 ? string.Join(", ", named) : $"missing: the statement names no check that passed; {Again}, which runs them before";
    }

    private void Fault(string item, string detail) => findings.Add(new(item, IsSound: false, detail));

    private void Sound(string item, string detail) => findings.Add(new(item, IsSound: true, detail));
}
