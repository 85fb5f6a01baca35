namespace Pipeline.GitHub.Workflows;

/// <summary>Something that happens to branches.</summary>
/// <param name="Branches">Names or patterns of branches; all when empty.</param>
public sealed record BranchTrigger(params IReadOnlyList<string> Branches);
