namespace Pipeline.Targets.Running;

/// <summary>What a target says about its running.</summary>
internal sealed record TargetPolicy(TimeSpan Timeout, Retry Retry, EvidenceUse EvidenceUse);
