using Pipeline.Artifacts.Signing;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Verifying;

/// <summary>All that was found out about an artifact and what is attached to it.</summary>
/// <param name="Digest">The artifact.</param>
/// <param name="Findings">Every side of it, sound or not.</param>
/// <param name="Signer">Whose signature on its provenance counts; null when none does.</param>
public sealed record ArtifactReport(Digest Digest, IReadOnlyList<ArtifactFinding> Findings, TrustedKey? Signer)
{
    /// <summary>What is missing or wrong; empty when the artifact may be used.</summary>
    public IReadOnlyList<ArtifactFinding> Faults { get; } = [.. Findings.Where(finding => !finding.IsSound)];

    /// <summary>The faults in words, one after the other.</summary>
    public string Describe() => string.Join("; ", Faults.Select(fault => $"{fault.Item}: {fault.Detail}"));
}
