namespace Pipeline.GitHub.Workflows.Checking;

/// <summary>What there is to be read at some place of a workflow.</summary>
/// <param name="Workflow">The workflow, with its inputs and jobs.</param>
/// <param name="Job">The job; null outside of all.</param>
/// <param name="Steps">The ids of the steps that have run by then.</param>
internal sealed record Scope(Workflow Workflow, Job? Job, IReadOnlyCollection<string> Steps)
{
    public Scope(Workflow workflow)
        : this(workflow, null, [])
    {
    }

    public IEnumerable<string> Faults(Place place, Expression? expression) =>
        expression is null ? [] : expression.References.Select(reference => Fault(place, reference)).OfType<string>();

    public IEnumerable<string> Faults(Place place, Template? template)
    {
        if (template is null)
            return [];
        var literal = template.Literal;
        var shown = literal.Replace("\0", "", StringComparison.Ordinal);
        var line = place.TakesLines ? shown.Replace("\n", "", StringComparison.Ordinal) : shown;
        string?[] faults =
        [
            literal.Contains("${{", StringComparison.Ordinal) ? $"{place.What} holds an expression as text ('{template}'); hand it over as an Expression" : null,
            !Names.IsOneLine(line) ? $"{place.What} has control characters in it; write it without" : null,
        ];
        return faults.OfType<string>().Concat(template.References.Select(reference => Fault(place, reference)).OfType<string>());
    }

    private string? Fault(Place place, Reference reference)
    {
        if (!place.Readable.Contains(reference.Kind))
            return $"{place.What} reads {reference}, which is not known there{(reference.Kind == ReferenceKind.Secret ? "; a secret belongs to the one step that uses it" : "")}";
        return reference.Kind switch
        {
            ReferenceKind.Input when Workflow.On.Manual?.Inputs.Any(input => Same(input.Name, reference.Owner)) != true =>
                $"{place.What} reads {reference}, but the workflow asks for no such input",
            ReferenceKind.Matrix when Job?.Matrix.Keys.Any(dimension => Same(dimension, reference.Owner)) != true =>
                $"{place.What} reads {reference}, but the job has no such dimension",
            ReferenceKind.Step when !Steps.Contains(reference.Owner, StringComparer.OrdinalIgnoreCase) =>
                $"{place.What} reads {reference}, but no step before it has that id",
            ReferenceKind.Need => NeedFault(place, reference),
            _ => null,
        };
    }

    private string? NeedFault(Place place, Reference reference)
    {
        if (Job?.Needs.Any(need => Same(need, reference.Owner)) != true)
            return $"{place.What} reads {reference}, but does not need that job";
        var needed = Workflow.Jobs.FirstOrDefault(job => Same(job.Id, reference.Owner));
        return needed is null || needed.Outputs.Keys.Any(output => Same(output, reference.Output)) ? null : $"{place.What} reads {reference}, but job {needed.Id} has no such output";
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
