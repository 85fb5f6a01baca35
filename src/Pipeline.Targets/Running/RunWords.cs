using Pipeline.Targets.Output;

namespace Pipeline.Targets.Running;

/// <summary>How the end of a target and of a run are told.</summary>
internal static class RunWords
{
    internal static string Footer(TargetRecord record) => record.Outcome switch
    {
        TargetOutcome.Succeeded when record.Reason.Length > 0 => $"{Durations.Text(record.Duration)} ({record.Reason})",
        TargetOutcome.Succeeded => Durations.Text(record.Duration),
        TargetOutcome.UpToDate => record.Reason,
        TargetOutcome.Skipped => $"skipped: {record.Reason}",
        TargetOutcome.NotRun => $"not run: {record.Reason}",
        TargetOutcome.Cancelled => $"cancelled after {Durations.Text(record.Duration)}",
        TargetOutcome.Handled => $"{Durations.Text(record.Duration)}, {record.Reason}",
        _ => $"failed after {Durations.Text(record.Duration)}",
    };

    internal static string Summary(IReadOnlyCollection<TargetRecord> targets, TimeSpan duration)
    {
        (TargetOutcome Outcome, string Word)[] words =
        [
            (TargetOutcome.Succeeded, "done"), (TargetOutcome.UpToDate, "up to date"), (TargetOutcome.Skipped, "skipped"),
            (TargetOutcome.Handled, "failed but handled"), (TargetOutcome.Failed, "failed"), (TargetOutcome.Cancelled, "cancelled"), (TargetOutcome.NotRun, "not run"),
        ];
        var counts = words.Select(word => (Count: targets.Count(target => target.Outcome == word.Outcome), word.Word)).Where(entry => entry.Count > 0);
        return $"{string.Join(", ", counts.Select(entry => $"{entry.Count} {entry.Word}").DefaultIfEmpty("nothing to do"))} in {Durations.Text(duration)}";
    }
}
