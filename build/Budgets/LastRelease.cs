using Pipeline.Artifacts;

namespace Build.Budgets;

/// <summary>What an artifact is compared with.</summary>
/// <param name="Artifact">It, in the store of this clone; null when there is none to compare with.</param>
/// <param name="Reason">Why there is none; empty when there is one.</param>
internal sealed record LastRelease(ArtifactName? Artifact, string Reason);
