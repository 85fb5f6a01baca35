using Build.Delivering;
using Cake.Frosting;
using Pipeline.Delivery;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Verifies the artifact of this commit, or of --release: its bytes, what is in it, where it came from, and who signed that")]
public sealed class VerifyArtifact(ShopHouse house, IDeliveryLog log) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var digest = house.Parameters.Release is { } named ? await house.FindArtifactAsync(named, cancellation) : Find();
        house.Store.DoubtEverything();
        var report = await house.Origin.InspectAsync(digest, await house.Ledger.FindAsync(cancellation), cancellation);
        foreach (var finding in report.Findings)
            log.Information($"{(finding.IsSound ? "✓" : "✗")} {finding.Item}: {finding.Detail}");
        if (report.Faults.Count > 0)
            throw new GateRefusedException($"{digest} must not be used:\n{string.Join('\n', report.Faults.Select(fault => $"  {fault.Item}: {fault.Detail}"))}");
    }

    /// <summary>What is there, not what would be built: a check that mends what it finds would never find anything.</summary>
    private Digest Find()
    {
        var (commit, version) = (house.Sources.Commit, house.Sources.Version);
        return house.Store.List().LastOrDefault(artifact => artifact.Commit == commit && artifact.Version == version)?.Digest
            ?? throw new DeliveryException($"nothing was built from commit {commit} as version {version} yet; run --target Attest, or name what is there with --release");
    }
}
