using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Approvals;

/// <summary>What somebody is asked to agree to.</summary>
/// <param name="Request">The release, and where it is to go.</param>
/// <param name="Present">The release that it takes the place of; null when nothing serves there.</param>
/// <param name="Pending">The migrations that the deployment applies.</param>
/// <param name="Verdicts">What the checklist found.</param>
public sealed record ApprovalQuestion(DeploymentRequest Request, Release? Present, IReadOnlyList<Migration> Pending, IReadOnlyList<GateVerdict> Verdicts)
{
    /// <summary>Whether who agreed to the other one agreed to this one.</summary>
    public bool IsThatOf(ApprovalQuestion other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Request.Environment.Name == other.Request.Environment.Name && Request.Release.Digest == other.Request.Release.Digest
            && Present?.Digest == other.Present?.Digest && Pending.SequenceEqual(other.Pending) && Warnings.SequenceEqual(other.Warnings);
    }

    /// <summary>The plan, a line each, for people.</summary>
    public IReadOnlyList<string> Describe() =>
    [
        $"{Request.Environment.Name} at {Request.Environment.Url.GetLeftPart(UriPartial.Authority)}",
        $"  release     {Text(Request.Release)}",
        $"  in place of {(Present is null ? "nothing, it is the first one here" : Text(Present))}",
        .. Pending.Count == 0
            ? (string[])["  migrations  none to apply"]
            : [.. Pending.Select((migration, index) => $"  {(index == 0 ? "migrations" : ""),-12}{migration.Id}{(migration.BackwardCompatible ? "" : "  (no way back)")}")],
        $"  checklist   {Verdicts.Count(verdict => verdict.Outcome == GateOutcome.Passed)} hold{(Warnings.Any() ? ", and to be known:" : "")}",
        .. Warnings.Select(warning => $"            ! {warning}"),
        $"  skipped     build and rehearsal: they hold for {Request.Release.Digest.Abbreviated}",
    ];

    private IEnumerable<string> Warnings => Verdicts.Where(verdict => verdict.Outcome == GateOutcome.Warned).Select(verdict => $"{verdict.Gate}: {verdict.Detail}");

    private static string Text(Release release) => $"{release.Version}  {release.Digest.Abbreviated}  commit {(release.Commit.Length > 12 ? release.Commit[..12] : release.Commit)}";
}
