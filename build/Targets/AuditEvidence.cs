using Pipeline.Targets;

namespace Build.Targets;

/// <summary>What the audit hands on.</summary>
/// <param name="Summary">What it looked at, in a line that the ledger keeps with the release.</param>
/// <param name="KnowsAdvisories">Whether the sources of packages told of vulnerabilities.</param>
public sealed record AuditEvidence(string Summary, bool KnowsAdvisories)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(1);

    /// <summary>Vulnerabilities are found in packages that did not change. What is audited when it is built is asked again only by name.</summary>
    internal static Recall<AuditEvidence> Decide(TargetContext context, FoundEvidence<AuditEvidence>? evidence)
    {
        if (context.Get(DeliveryParameters.Release) is not null && !context.IsRequested<Audit>())
            return Recall<AuditEvidence>.Hold(new("audited when it was built", KnowsAdvisories: false), "--release names what was built and audited before");
        if (evidence is null)
            return Recall<AuditEvidence>.Run("");
        if (context.Get(Parameters.AuditData) == Parameters.AuditDataRequired && !evidence.Result.KnowsAdvisories)
            return Recall<AuditEvidence>.Run("nothing was known of vulnerabilities when it ran, and --audit-data asks for it");
        return evidence.Result.KnowsAdvisories && context.Time.GetUtcNow() - evidence.FinishedAt > Lasts
            ? Recall<AuditEvidence>.Run("its knowledge of vulnerabilities is older than a day")
            : Recall<AuditEvidence>.Hold(evidence.Result, evidence.Describe());
    }
}
