namespace Pipeline.GitHub.Workflows.Checking;

/// <summary>What is wrong with a job.</summary>
internal static class JobFaults
{
    private const int LongestMinutes = 360;

    private const int MostCombinations = 256;

    public static IEnumerable<string> Find(Workflow workflow, Job job) =>
    [
        .. OfItself(job),
        .. OfPermissions(job),
        .. OfMatrix(job),
        .. OfPlaces(new Scope(workflow, job, []), job),
        .. OfEnd(new Scope(workflow, job, [.. job.Steps.Select(step => step.Id).OfType<string>()]), job),
        .. StepFaults.Find(workflow, job),
    ];

    private static IEnumerable<string> OfItself(Job job)
    {
        if (!Names.IsIdentifier(job.Id))
            yield return $"'{job.Id}' is no id of a job; one {Names.IdentifierRule}";
        if (job.TimeoutMinutes is < 1 or > LongestMinutes)
            yield return $"job {job.Id} is stopped after {job.TimeoutMinutes} minutes; choose 1 to {LongestMinutes}";
        if (!Names.IsOneLine(job.Remark))
            yield return $"the remark of job {job.Id} is not on one line";
        if (job.Steps.Count == 0)
            yield return $"job {job.Id} has no step; declare one";
    }

    private static IEnumerable<string> OfPermissions(Job job)
    {
        foreach (var scope in job.Permissions.GroupBy(permission => permission.Scope).Where(same => same.Count() > 1))
            yield return $"job {job.Id} has permission {scope.Key} more than once";
        foreach (var permission in job.Permissions)
        {
            if (string.IsNullOrWhiteSpace(permission.Reason) || !Names.IsOneLine(permission.Reason))
                yield return $"job {job.Id} has permission {permission.Scope} without a reason on one line; say what needs it";
            if (permission is { Scope: PermissionScope.IdToken, Access: PermissionAccess.Read })
                yield return $"job {job.Id} may read id tokens, which are only ever written; ask for write, or for none";
        }
    }

    private static IEnumerable<string> OfMatrix(Job job)
    {
        foreach (var (dimension, values) in job.Matrix)
        {
            if (!Names.IsIdentifier(dimension) || dimension.ToUpperInvariant() is "INCLUDE" or "EXCLUDE")
                yield return $"job {job.Id}: '{dimension}' is no name of a dimension; one {Names.IdentifierRule}, and is not include or exclude";
            if (values.Count == 0 || values.Any(value => value.Length == 0 || !Names.IsOneLine(value) || value.Contains("${{", StringComparison.Ordinal)) || values.Distinct(StringComparer.Ordinal).Count() != values.Count)
                yield return $"job {job.Id}: dimension {dimension} needs values, each on one line, without expressions and once";
        }
        foreach (var dimension in Uniqueness.Repeated(job.Matrix.Keys))
            yield return $"job {job.Id}: several dimensions have the name {dimension}";
        if (job.Matrix.Values.Aggregate(1L, (product, values) => product * Math.Max(1, values.Count)) is var combinations and > MostCombinations)
            yield return $"job {job.Id} would run {combinations} times; GitHub takes {MostCombinations}";
    }

    private static IEnumerable<string> OfPlaces(Scope scope, Job job) =>
    [
        .. scope.Faults(Place.OfJob(job.Id, "the name"), job.Name),
        .. scope.Faults(Place.ConditionOfJob(job.Id), job.If),
        .. job.RunsOn.Labels.SelectMany(label => scope.Faults(Place.OfJob(job.Id, "the runner"), label)),
        .. job.Concurrency is { } concurrency ? WorkflowFaults.OfConcurrency(concurrency, scope, Place.OfJob(job.Id, "the concurrency")) : [],
        .. scope.Faults(Place.OfJob(job.Id, "the environment"), job.Environment?.Name),
        .. job.Environment?.Name.ToString().Trim().Length == 0 ? [$"the environment of job {job.Id} has no name"] : Array.Empty<string>(),
        .. VariableFaults.Find(job.Env, scope, name => Place.OfJob(job.Id, $"variable {name}"), $"job {job.Id}"),
    ];

    private static IEnumerable<string> OfEnd(Scope scope, Job job) =>
    [
        .. scope.Faults(Place.EndOfJob(job.Id, "the address"), job.Environment?.Url),
        .. job.Environment?.Url?.ToString().Trim().Length == 0 ? [$"the environment of job {job.Id} has no address"] : Array.Empty<string>(),
        .. job.Outputs.Keys.Where(name => !Names.IsIdentifier(name)).Select(name => $"job {job.Id}: '{name}' is no name of an output; one {Names.IdentifierRule}"),
        .. Uniqueness.Repeated(job.Outputs.Keys).Select(name => $"job {job.Id}: several outputs have the name {name}"),
        .. job.Outputs.SelectMany(output => scope.Faults(Place.EndOfJob(job.Id, $"output {output.Key}"), output.Value)),
    ];
}
