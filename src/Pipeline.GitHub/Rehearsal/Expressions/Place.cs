namespace Pipeline.GitHub.Rehearsal.Expressions;

/// <summary>
/// A place in a workflow, and what may be read there: https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability.
/// </summary>
internal sealed record Place(string Name, IReadOnlyList<string> Contexts, IReadOnlyList<string> SpecialFunctions)
{
    private static readonly string[] Run = ["github", "inputs", "vars"];

    private static readonly string[] Job = [.. Run, "needs", "strategy", "matrix"];

    private static readonly string[] Step = [.. Job, "job", "runner", "env", "steps"];

    internal static Place Nowhere { get; } = new("here", [], []);

    internal static Place OfRun { get; } = new("here", Run, []);

    internal static Place WorkflowEnv { get; } = new("the env of a workflow", [.. Run, "secrets"], []);

    internal static Place OfJob { get; } = new("a job", Job, []);

    internal static Place JobEnv { get; } = new("the env of a job", [.. Job, "secrets"], []);

    internal static Place JobIf { get; } = new("the if of a job", [.. Run, "needs"], Functions.OfStatus);

    internal static Place JobDefaults { get; } = new("the defaults of a job", [.. Job, "env"], []);

    internal static Place JobOutputs { get; } = new("the outputs of a job", [.. Step, "secrets"], []);

    internal static Place EnvironmentUrl { get; } = new("the url of an environment", Step, []);

    internal static Place StepIf { get; } = new("the if of a step", Step, [.. Functions.OfStatus, Functions.HashFiles]);

    internal static Place OfStep { get; } = new("a step", [.. Step, "secrets"], [Functions.HashFiles]);

    /// <exception cref="ExpressionException">It reads or calls what is not to be had here.</exception>
    internal void Require(Parsing.ParsedExpression expression)
    {
        foreach (var context in expression.Contexts.Where(context => !Contexts.Contains(context, StringComparer.OrdinalIgnoreCase)))
            throw new ExpressionException($"'{context}' is nothing that can be read in {Name}; {(Contexts.Count == 0 ? "write a plain text" : $"there are {string.Join(", ", Contexts)}")}");
        foreach (var function in expression.Functions.Where(IsSpecial).Where(function => !SpecialFunctions.Contains(function, StringComparer.OrdinalIgnoreCase)))
            throw new ExpressionException($"{function}() is nothing that can be called in {Name}");
    }

    private static bool IsSpecial(string function) => Functions.OfStatus.Append(Functions.HashFiles).Contains(function, StringComparer.OrdinalIgnoreCase);
}
