namespace Pipeline.Artifacts.Verifying;

/// <summary>What was found out about one side of an artifact.</summary>
/// <param name="Item">The side: <c>artifact</c>, <c>bill of materials</c>, <c>provenance</c>, <c>signature</c>.</param>
/// <param name="IsSound">Whether it is as it has to be.</param>
/// <param name="Detail">The fact; of a fault, the remedy too.</param>
public sealed record ArtifactFinding(string Item, bool IsSound, string Detail);
