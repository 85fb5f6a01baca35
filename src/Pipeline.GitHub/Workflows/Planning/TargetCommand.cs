namespace Pipeline.GitHub.Workflows;

/// <summary>A step that runs targets.</summary>
/// <param name="Targets">Their names.</param>
public sealed record TargetCommand(params IReadOnlyList<string> Targets)
{
    /// <summary>What people call it; the command itself when null.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it runs; when null, where all before it succeeded.</summary>
    public Expression? If { get; init; }

    /// <summary>What follows the targets: <c>--plan</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its variables, among them parameters as <c>PIPELINE_…</c>, and secrets.</summary>
    public IReadOnlyDictionary<string, Template> Env { get; init; } = new Dictionary<string, Template>();

    /// <summary>What it writes to <c>GITHUB_OUTPUT</c>; other jobs read it with <see cref="TargetJob.Output"/>.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Whether it only looks: its targets are then not what this job is there for, and other jobs do not wait for them.</summary>
    public bool OnlyLooks { get; init; }
}
