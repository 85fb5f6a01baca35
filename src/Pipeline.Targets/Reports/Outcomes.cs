using Pipeline.Targets.Output;

namespace Pipeline.Targets.Reports;

/// <summary>How outcomes are written for programs, and the classes of the report's style.</summary>
internal static class Outcomes
{
    internal static string Name(TargetOutcome outcome) => outcome switch
    {
        TargetOutcome.Succeeded => "done",
        TargetOutcome.UpToDate => "up-to-date",
        TargetOutcome.Skipped => "skipped",
        TargetOutcome.Failed => "failed",
        TargetOutcome.Handled => "handled",
        TargetOutcome.Cancelled => "cancelled",
        _ => "not-run",
    };
}
