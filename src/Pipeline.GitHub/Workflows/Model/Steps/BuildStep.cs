namespace Pipeline.GitHub.Workflows;

/// <summary>A step that runs the build program, the only thing that a step's script ever does.</summary>
/// <param name="Command">What it runs.</param>
public sealed record BuildStep(BuildCommand Command) : Step;
