using Build.Delivering;
using Cake.Frosting;
using Pipeline.Applications.SupplyChain;
using Pipeline.Artifacts.Provenance;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Signs where the artifact came from: commit, packages, builder, and the evidence of Lint, Test, Audit and Budget")]
public sealed class Attest(BuildImage image, Lint lint, Test test, Audit audit, Budget budget, ShopHouse house) : Target<Attestation>
{
    protected override async Task<Recall<Attestation>> RecallAsync(TargetContext context, FoundEvidence<Attestation>? evidence, CancellationToken cancellation)
    {
        if (house.Parameters.Release is not null)
            return Recall<Attestation>.Hold(new(image.Result.Digest, ""), "--release names what was signed when it was built; every deployment verifies that");
        if (evidence is null)
            return Recall<Attestation>.Run("");
        var report = await house.Origin.InspectAsync(image.Result.Digest, ledger: null, cancellation);
        return report.Faults.Count == 0
            ? Recall<Attestation>.Hold(new(image.Result.Digest, report.Signer!.Key.Id), $"signed by key {report.Signer.Key} ({report.Signer.Origin})")
            : Recall<Attestation>.Run(report.Describe());
    }

    protected override async Task<Attestation> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var attestation = await house.Origin.SealAsync(
            context, house.Sources, image.Result,
            [
                new BuildEvidence("Lint", context.FingerprintOf<Lint>(), lint.Result.Summary),
                new BuildEvidence("Test", context.FingerprintOf<Test>(), test.Result.Summary),
                new BuildEvidence("Audit", context.FingerprintOf<Audit>(), audit.Result.Summary),
                new BuildEvidence("Budget", context.FingerprintOf<Budget>(), budget.Result.Summary),
            ],
            cancellation);
        context.Say($"{attestation.Digest}  signed by key {attestation.Key[..16]}");
        return attestation;
    }
}
