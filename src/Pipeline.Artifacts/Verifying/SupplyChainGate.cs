using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Gates;

namespace Pipeline.Artifacts.Verifying;

/// <summary>Origin known: the artifact has its bill of materials and a provenance that a trusted key signed, and both are about this very digest and commit.</summary>
/// <param name="inspection">What finds that out.</param>
public sealed class SupplyChainGate(ArtifactInspection inspection) : IGate
{
    private const string Name = "origin known";

    /// <inheritdoc />
    public async Task<GateVerdict> CheckAsync(DeploymentRequest request, CancellationToken cancellation)
    {
        var report = await inspection.InspectAsync(request.Release.Digest, cancellation);
        return report.Faults.Count == 0
            ? new(Name, GateOutcome.Passed, string.Join("; ", report.Findings.Skip(1).Select(finding => $"{finding.Item} {finding.Detail}")))
            : new(Name, GateOutcome.Refused, report.Describe());
    }
}
