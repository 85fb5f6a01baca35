namespace Pipeline.Targets.Output;

/// <summary>How far the run is.</summary>
internal sealed record RunStatus(int Done, int Total, IReadOnlyList<(string Name, TimeSpan For)> Running);
