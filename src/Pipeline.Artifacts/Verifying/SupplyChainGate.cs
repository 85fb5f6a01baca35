using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Verifying;

/// <summary>Origin known: the artifact has its bill of materials and a provenance that a trusted key signed, and both are about this very digest and commit.</summary>
/// <param name="inspect">What finds that out, with the keys that count for the artifact.</param>
public sealed class SupplyChainGate(Func<Digest, CancellationToken, Task<ArtifactReport>> inspect) : IGate
{
    private const string Name = "origin known";

    /// <inheritdoc />
    public async Task<GateVerdict> CheckAsync(DeploymentRequest request, CancellationToken cancellation)
    {
        var report = await inspect(request.Release.Digest, cancellation);
        return report.Faults.Count == 0
            ? new(Name, GateOutcome.Passed, string.Join("; ", report.Findings.Skip(1).Select(finding => $"{finding.Item} {finding.Detail}")))
            : new(Name, GateOutcome.Refused, report.Describe());
    }
}
