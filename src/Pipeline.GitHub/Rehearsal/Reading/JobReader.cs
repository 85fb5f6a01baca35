using Pipeline.GitHub.Rehearsal.Expressions;
using Pipeline.GitHub.Workflows.Rules;
using YamlDotNet.RepresentationModel;
using Names = Pipeline.GitHub.Workflows.Names;

namespace Pipeline.GitHub.Rehearsal.Reading;

/// <summary>Reads a job.</summary>
internal sealed class JobReader(Faults faults, Func<StepSource, IEnumerable<(int Line, string Fault)>> examine)
{
    private const string EnvironmentKey = "environment";

    internal JobSource Read(string id, YamlNode idNode, YamlNode node, RunDefaults defaults)
    {
        faults.Job = id;
        var job = new Mapping(node, $"job {id}", faults);
        if (!Names.IsIdentifier(id))
            faults.Add((int)idNode.Start.Line, $"job '{id}': a job's id is a letter or _, then letters, digits, _ and -");
        job.Refuse(
            ("strategy", "a matrix runs on GitHub only; rehearse a job for one of its values"),
            ("services", "containers of a job run on GitHub only; start what the job needs in a step"),
            ("container", "a job runs on this machine itself; move it to a job without one"),
            ("uses", "a called workflow runs on GitHub only; rehearse that workflow itself"),
            ("with", "it belongs to a called workflow"),
            ("secrets", "it belongs to a called workflow"),
            ("snapshot", "images of runners are made on GitHub only"));
        job.Take("concurrency");
        var (environment, url) = ReadEnvironment(job);
        var source = new JobSource
        {
            Id = id,
            Line = (int)idNode.Start.Line,
            Name = job.Text("name", Place.OfJob),
            Needs = job.Words("needs"),
            If = job.Condition("if", Place.JobIf),
            RunsOn = ReadRunner(job),
            Env = job.Settings("env", Place.JobEnv),
            Permissions = PermissionsReader.Read(job, faults),
            Environment = environment,
            EnvironmentUrl = url,
            Outputs = job.Settings("outputs", Place.JobOutputs),
            Defaults = RunDefaultsReader.Read(job, Place.JobDefaults, faults).Over(defaults),
            TimeoutMinutes = job.Text("timeout-minutes", Place.OfJob),
            ContinueOnError = job.Text("continue-on-error", Place.OfJob),
            Steps = ReadSteps(job),
        };
        job.RefuseOthers();
        return source;
    }

    private static Template ReadRunner(Mapping job)
    {
        var runner = job.Take("runs-on");
        return runner is YamlMappingNode or YamlSequenceNode
            ? Template.Parse(string.Join(", ", runner.Scalars().Select(label => label.Value)), Place.OfJob)
            : job.Text("runs-on", Place.OfJob) ?? Template.Parse("", Place.Nowhere);
    }

    private (Template? Name, Template? Url) ReadEnvironment(Mapping job)
    {
        if (job.Take(EnvironmentKey) is not YamlMappingNode node)
            return (job.Text(EnvironmentKey, Place.OfJob), null);
        var environment = new Mapping(node, EnvironmentKey, faults);
        var found = (environment.Text("name", Place.OfJob), environment.Text("url", Place.EnvironmentUrl));
        environment.Plain("deployment");
        environment.RefuseOthers();
        return found;
    }

    private List<StepSource> ReadSteps(Mapping job)
    {
        var steps = job.Take("steps").Items().Select((step, index) => StepReader.Read(step, index + 1, faults)).ToList();
        if (steps.Count == 0 && !job.Has("uses"))
            faults.Add(job.Line, "the job has no steps; declare one");
        foreach (var doubled in steps.Where(step => step.Id is not null).GroupBy(step => step.Id, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
            faults.Add(doubled.Last().Line, $"two steps have the id {doubled.Key}; give each its own");
        foreach (var (line, fault) in steps.Where(step => step.Uses is not null).SelectMany(examine))
            faults.Add(line, fault);
        return steps;
    }
}
