using Pipeline.Targets.Output;
using Pipeline.Targets.Reports;

namespace Pipeline.Targets.Running;

/// <summary>How one target ended.</summary>
internal sealed record TargetRecord(string Name, TargetOutcome Outcome, string Reason)
{
    internal IReadOnlyList<string> Dependencies { get; init; } = [];

    internal DateTimeOffset StartedAt { get; init; }

    internal TimeSpan Duration { get; init; }

    internal string Description { get; init; } = "";

    internal Exception? Exception { get; init; }

    internal IReadOnlyList<OutputLine> Log { get; init; } = [];

    internal int LogLines { get; init; }

    internal IReadOnlyList<Measurement> Measurements { get; init; } = [];

    internal IReadOnlyList<Series> Series { get; init; } = [];

    internal IReadOnlyList<Attachment> Attachments { get; init; } = [];

    internal IReadOnlyList<Finding> Findings { get; init; } = [];

    internal IReadOnlyList<SummaryPart> Parts { get; init; } = [];
}

/// <summary>How the run ended.</summary>
internal sealed record RunResult(int ExitCode, IReadOnlyList<TargetRecord> Targets, TimeSpan Duration, string? Failure);
