using Build.Auditing;
using Build.Delivering;
using Cake.Frosting;
using Pipeline.Applications.Auditing;
using Pipeline.Applications.Auditing.Advisories;
using Pipeline.Delivery;
using Pipeline.Delivery.Gates;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Audits packages for licences and vulnerabilities, and files and commits for secrets")]
[IsDependentOn(typeof(Compile))]
public sealed class Audit(ShopHouse house, HttpClient http) : Target<AuditEvidence>
{
    protected override void DeclareInputs(Inputs inputs) => inputs.Files("**").Value("commit", house.Sources.Commit).Parameter(Parameters.Since);

    protected override Task<Recall<AuditEvidence>> RecallAsync(TargetContext context, FoundEvidence<AuditEvidence>? evidence, CancellationToken cancellation) =>
        Task.FromResult(AuditEvidence.Decide(context, evidence));

    protected override async Task<AuditEvidence> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var audit = new SourceAudit(context, house.Paths.Repository, Sources.Solution, new PackageSources(http));
        var report = await audit.RunAsync(ShopAudit.Policy, context.Get(Parameters.Since), cancellation);
        if (report.Findings.Count > 0)
            throw new DeliveryException($"audit: {report.Findings.Count} findings; mend them, or allow them with a reason in build/Auditing/ShopAudit.cs:\n  {string.Join("\n  ", report.Findings)}");
        if (report.NoAdvisories is { } unknown && context.Get(Parameters.AuditData) == Parameters.AuditDataRequired)
            throw new GateRefusedException($"audit: nothing is known of the packages' vulnerabilities: {unknown}; name a source that tells of them in NuGet's configuration, or pass --audit-data optional");
        if (report.NoAdvisories is { } untold)
            house.Log.Warning($"nothing is known of the packages' vulnerabilities: {untold}");
        context.Say(report.Summary);
        return new(report.Summary, KnowsAdvisories: report.NoAdvisories is null);
    }
}
