namespace Pipeline.Applications.Auditing;

/// <summary>What an audit found.</summary>
/// <param name="Findings">What must be mended, a line each.</param>
/// <param name="Summary">What was looked at.</param>
/// <param name="NoAdvisories">Why nothing is known of vulnerabilities; null when the sources of packages told.</param>
public sealed record AuditReport(IReadOnlyList<string> Findings, string Summary, string? NoAdvisories);
