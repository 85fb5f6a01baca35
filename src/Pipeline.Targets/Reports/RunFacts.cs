using Pipeline.Targets.Running;

namespace Pipeline.Targets.Reports;

/// <summary>Everything that the report of a run tells.</summary>
internal sealed record RunFacts(
    string Id,
    string State,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    int? ExitCode,
    string? Failure,
    IReadOnlyList<string> Requested,
    string Who,
    string Where,
    string? Commit,
    IReadOnlyList<TargetRecord> Targets);
