using System.Text.RegularExpressions;

namespace Pipeline.GitHub.Workflows.Checking;

/// <summary>Everything that is wrong with a declared workflow, before a line of it is written.</summary>
internal static partial class WorkflowFaults
{
    public static IReadOnlyList<string> Find(Workflow workflow) =>
    [
        .. OfNames(workflow),
        .. TriggerFaults.Find(workflow.On),
        .. OfConcurrency(workflow),
        .. OfNeeds(workflow.Jobs),
        .. workflow.Jobs.SelectMany(job => JobFaults.Find(workflow, job)),
    ];

    private static IEnumerable<string> OfNames(Workflow workflow)
    {
        if (!FileName().IsMatch(workflow.File))
            yield return $"file '{workflow.File}' is not named like pipeline.yml: small letters, digits and -, no folder";
        if (string.IsNullOrWhiteSpace(workflow.Name) || !Names.IsOneLine(workflow.Name) || workflow.Name.Contains("${{", StringComparison.Ordinal))
            yield return $"name '{workflow.Name}' is no text on one line without expressions";
        if (!Names.IsOneLine(workflow.Purpose))
            yield return "the purpose is not on one line";
        if (workflow.Jobs.Count == 0)
            yield return "it has no job; declare one";
        foreach (var id in Uniqueness.Repeated(workflow.Jobs.Select(job => job.Id)))
            yield return $"several jobs have the id {id}; give each its own";
    }

    private static IEnumerable<string> OfConcurrency(Workflow workflow) =>
        workflow.Concurrency is { } concurrency ? OfConcurrency(concurrency, new Scope(workflow), Place.WorkflowConcurrency) : [];

    internal static IEnumerable<string> OfConcurrency(Concurrency concurrency, Scope scope, Place place) =>
        concurrency.Group.ToString().Trim().Length == 0 ? [$"{place.What} has a group without a name"] : scope.Faults(place, concurrency.Group);

    private static IEnumerable<string> OfNeeds(IReadOnlyList<Job> jobs)
    {
        var ids = jobs.Select(job => job.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var job in jobs)
        {
            foreach (var missing in job.Needs.Where(need => !ids.Contains(need)))
                yield return $"job {job.Id} needs {missing}, which is no job of this workflow";
            foreach (var repeated in Uniqueness.Repeated(job.Needs))
                yield return $"job {job.Id} needs {repeated} more than once";
        }
        HashSet<string> done = new(StringComparer.OrdinalIgnoreCase);
        while (jobs.Where(job => !done.Contains(job.Id) && job.Needs.All(need => done.Contains(need) || !ids.Contains(need))).ToArray() is { Length: > 0 } next)
            done.UnionWith(next.Select(job => job.Id));
        if (jobs.Where(job => !done.Contains(job.Id)).Select(job => job.Id).ToArray() is { Length: > 0 } circle)
            yield return $"jobs {string.Join(", ", circle)} wait for each other; remove one of their needs";
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]*\.yml\z")]
    private static partial Regex FileName();
}
