namespace Pipeline.GitHub.Workflows.Checking;

/// <summary>What is wrong with the steps of a job.</summary>
internal static class StepFaults
{
    public static IEnumerable<string> Find(Workflow workflow, Job job)
    {
        foreach (var id in Uniqueness.Repeated(job.Steps.Select(step => step.Id).OfType<string>()))
            yield return $"job {job.Id}: several steps have the id {id}; give each its own";
        List<string> before = [];
        for (var number = 0; number < job.Steps.Count; number++)
        {
            var step = job.Steps[number];
            foreach (var fault in Find(new Scope(workflow, job, before), step, $"step {number + 1} of job {job.Id}"))
                yield return fault;
            if (step.Id is { } id)
                before.Add(id);
        }
    }

    private static IEnumerable<string> Find(Scope scope, Step step, string where)
    {
        if (step.Id is { } id && !Names.IsIdentifier(id))
            yield return $"{where}: '{id}' is no id of a step; one {Names.IdentifierRule}";
        if (step.Name?.ToString().Trim().Length == 0)
            yield return $"{where} has an empty name; leave it away, or say what the step does";
        string[] faults =
        [
            .. scope.Faults(Place.NameOfStep(where), step.Name),
            .. scope.Faults(Place.ConditionOfStep(where), step.If),
            .. VariableFaults.Find(step.Env, scope, name => Place.InStep(where, $"variable {name}"), where),
            .. step is ActionStep action ? OfAction(scope, action, where) : [],
        ];
        foreach (var fault in faults)
            yield return fault;
    }

    private static IEnumerable<string> OfAction(Scope scope, ActionStep step, string where)
    {
        foreach (var fault in step.Action.Faults())
            yield return $"{where}: {fault}";
        foreach (var name in Uniqueness.Repeated(step.With.Keys))
            yield return $"{where}: several inputs have the name {name}";
        foreach (var (name, value) in step.With)
        {
            if (!Names.IsIdentifier(name))
                yield return $"{where}: '{name}' is no name of an input; one {Names.IdentifierRule}";
            foreach (var fault in scope.Faults(Place.InputOfAction(where, name), value))
                yield return fault;
        }
    }
}
