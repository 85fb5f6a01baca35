using Pipeline.Targets.Fingerprints;

namespace Pipeline.Targets.Running;

/// <summary>What the evidence says about a target: its inputs now, and whether it is skipped.</summary>
internal sealed record Examination(Fingerprint? Fingerprint, RecallVerdict Verdict);
