namespace Pipeline.GitHub.Workflows;

/// <summary>Makes workflows of jobs that run targets: what a job needs, and what it is handed, follows from what its targets take.</summary>
public sealed class TargetPlan
{
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> dependencies;
    private readonly RunnerActions actions;

    /// <summary>Plans jobs for the targets of a program.</summary>
    /// <param name="dependencies">All targets by name, each with those that it depends on.</param>
    /// <param name="actions">What every job is made of.</param>
    public TargetPlan(IReadOnlyDictionary<string, IReadOnlyList<string>> dependencies, RunnerActions actions)
    {
        ArgumentNullException.ThrowIfNull(dependencies);
        ArgumentNullException.ThrowIfNull(actions);
        (this.dependencies, this.actions) = (dependencies, actions);
    }

    /// <summary>The workflow with all that follows.</summary>
    /// <exception cref="InvalidWorkflowException">A job runs what is no target, or comes after what is no job; all faults are listed.</exception>
    public Workflow Expand(TargetWorkflow workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        if (Faults(workflow).ToArray() is { Length: > 0 } faults)
            throw new InvalidWorkflowException(workflow.File, faults);
        var owners = Owners(workflow.Jobs);
        var handing = workflow.Jobs.Where(job => job.HandsOn.Count > 0 && workflow.Jobs.Any(other => Takes(other, job, owners))).ToArray();
        return new()
        {
            File = workflow.File,
            Name = workflow.Name,
            Purpose = workflow.Purpose,
            On = workflow.On,
            Concurrency = workflow.Concurrency,
            Jobs = [.. workflow.Jobs.Select(job => Expand(job, workflow.Jobs, owners, handing))],
        };
    }

    private Job Expand(TargetJob job, IReadOnlyList<TargetJob> jobs, Dictionary<string, string> owners, TargetJob[] handing)
    {
        var taken = handing.Where(other => Takes(job, other, owners)).ToArray();
        var needed = Direct(job, owners).Concat(taken.Select(other => other.Id)).Concat(ReadOutputs(job, jobs)).Concat(job.After).ToHashSet(StringComparer.Ordinal);
        var steps = new JobSteps(actions, job);
        return new()
        {
            Id = job.Id,
            Remark = job.Remark,
            Needs = [.. jobs.Select(other => other.Id).Where(needed.Contains)],
            If = job.If,
            RunsOn = job.RunsOn,
            TimeoutMinutes = job.TimeoutMinutes,
            Permissions = [new(PermissionScope.Contents, PermissionAccess.Read, "the checkout"), .. job.Permissions],
            Environment = job.Environment,
            Concurrency = job.Concurrency,
            Outputs = steps.Outputs(handing.Contains(job)),
            Steps = [.. steps.All(taken, handing.Contains(job))],
        };
    }

    private IEnumerable<string> Faults(TargetWorkflow workflow)
    {
        foreach (var job in workflow.Jobs)
        {
            foreach (var unknown in job.Commands.SelectMany(command => command.Targets).Where(target => !dependencies.ContainsKey(target)))
                yield return $"job {job.Id} runs {unknown}, which is no target; the targets are {string.Join(", ", dependencies.Keys.Order(StringComparer.Ordinal))}";
            foreach (var unknown in job.After.Where(id => workflow.Jobs.All(other => other.Id != id)))
                yield return $"job {job.Id} comes after {unknown}, which is no job of this workflow";
        }
    }

    /// <summary>Which job runs a target: the first that reaches it.</summary>
    private Dictionary<string, string> Owners(IReadOnlyList<TargetJob> jobs)
    {
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            foreach (var target in Reach(job))
                owners.TryAdd(target, job.Id);
        }
        return owners;
    }

    private bool Takes(TargetJob job, TargetJob from, Dictionary<string, string> owners) => job.Id != from.Id && Reach(job).Any(target => owners[target] == from.Id);

    /// <summary>The jobs that run what the targets which only this job runs depend on.</summary>
    private IEnumerable<string> Direct(TargetJob job, Dictionary<string, string> owners)
    {
        var reached = Reach(job);
        var own = reached.Where(target => owners[target] == job.Id).ToArray();
        var edges = own.Length > 0 ? own.SelectMany(target => dependencies[target]) : job.Commands.Where(command => !command.OnlyLooks).SelectMany(command => command.Targets);
        return edges.Where(owners.ContainsKey).Select(target => owners[target]).Where(id => id != job.Id).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> ReadOutputs(TargetJob job, IReadOnlyList<TargetJob> jobs) =>
        job.Commands.SelectMany(command => command.Env.Values).Concat(job.Afterwards.SelectMany(step => step.With.Values))
            .SelectMany(template => template.References).Where(reference => reference.Kind == ReferenceKind.Need && jobs.Any(other => other.Id == reference.Owner))
            .Select(reference => reference.Owner);

    private HashSet<string> Reach(TargetJob job)
    {
        HashSet<string> reached = new(StringComparer.Ordinal);
        Stack<string> open = new(job.Commands.Where(command => !command.OnlyLooks).SelectMany(command => command.Targets));
        while (open.TryPop(out var target))
        {
            if (!reached.Add(target))
                continue;
            foreach (var dependency in dependencies.GetValueOrDefault(target, []))
                open.Push(dependency);
        }
        return reached;
    }
}
