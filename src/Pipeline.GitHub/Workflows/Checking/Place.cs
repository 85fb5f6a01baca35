namespace Pipeline.GitHub.Workflows.Checking;

/// <summary>
/// Where an expression stands, and what it may read there:
/// https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability. Secrets may be read by steps alone, although GitHub would let a job.
/// </summary>
internal sealed record Place(string What, params IReadOnlyList<ReferenceKind> Readable)
{
    /// <summary>Whether a text there may have several lines.</summary>
    public bool TakesLines { get; private init; }

    public static Place WorkflowConcurrency { get; } = new("the concurrency of the workflow", ReferenceKind.GitHub, ReferenceKind.Variable, ReferenceKind.Input);

    public static Place OfJob(string id, string what) =>
        new($"{what} of job {id}", ReferenceKind.GitHub, ReferenceKind.Variable, ReferenceKind.Input, ReferenceKind.Need, ReferenceKind.Matrix);

    public static Place ConditionOfJob(string id) =>
        new($"the condition of job {id}", ReferenceKind.GitHub, ReferenceKind.Variable, ReferenceKind.Input, ReferenceKind.Need, ReferenceKind.Status);

    public static Place EndOfJob(string id, string what) =>
        new($"{what} of job {id}", ReferenceKind.GitHub, ReferenceKind.Variable, ReferenceKind.Input, ReferenceKind.Need, ReferenceKind.Matrix, ReferenceKind.Step);

    public static Place InStep(string step, string what) =>
        new($"{what} of {step}", ReferenceKind.GitHub, ReferenceKind.Variable, ReferenceKind.Input, ReferenceKind.Need, ReferenceKind.Matrix, ReferenceKind.Step, ReferenceKind.Secret);

    public static Place InputOfAction(string step, string name) => InStep(step, $"input {name}") with { TakesLines = true };

    public static Place NameOfStep(string step) =>
        new($"the name of {step}", ReferenceKind.GitHub, ReferenceKind.Variable, ReferenceKind.Input, ReferenceKind.Need, ReferenceKind.Matrix, ReferenceKind.Step);

    public static Place ConditionOfStep(string step) =>
        new($"the condition of {step}", ReferenceKind.GitHub, ReferenceKind.Variable, ReferenceKind.Input, ReferenceKind.Need, ReferenceKind.Matrix, ReferenceKind.Step, ReferenceKind.Status);
}
