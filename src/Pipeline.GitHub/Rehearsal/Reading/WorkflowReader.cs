using Pipeline.GitHub.Rehearsal.Expressions;
using Pipeline.GitHub.Workflows.Rules;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Rehearsal.Reading;

/// <summary>Reads a workflow file: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax.</summary>
internal sealed class WorkflowReader
{
    private const string Push = "push";

    private static readonly System.Buffers.SearchValues<char> PatternSigns = System.Buffers.SearchValues.Create("*?+[]!");

    private readonly string file;
    private readonly Faults faults;
    private readonly JobReader jobs;

    private WorkflowReader(string file, Func<StepSource, IEnumerable<(int Line, string Fault)>> examine)
    {
        (this.file, faults) = (file, new(file));
        jobs = new(faults, examine);
    }

    /// <summary>Reads it.</summary>
    /// <param name="file">The file within the repository, for faults.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="examine">What is wrong with a step that uses an action.</param>
    /// <exception cref="RehearsalException">It is no workflow.</exception>
    internal static (WorkflowSource Workflow, Faults Faults) Read(string file, string text, Func<StepSource, IEnumerable<(int Line, string Fault)>> examine)
    {
        var reader = new WorkflowReader(file, examine);
        return (reader.Read(text), reader.faults);
    }

    private WorkflowSource Read(string text)
    {
        var workflow = new Mapping(Root(text), "the workflow", faults);
        workflow.Text("run-name", Place.OfRun);
        workflow.Take("concurrency");
        var defaults = RunDefaultsReader.Read(workflow, Place.OfRun, faults);
        var source = new WorkflowSource
        {
            File = file,
            Name = workflow.Plain("name") ?? file,
            On = ReadTriggers(workflow.Take("on")),
            Env = workflow.Settings("env", Place.WorkflowEnv),
            Permissions = PermissionsReader.Read(workflow, faults),
            Jobs = [.. workflow.Take("jobs").Entries().Select(job => jobs.Read(job.Key, job.KeyNode, job.Value, defaults))],
        };
        faults.Job = null;
        workflow.RefuseOthers();
        if (source.Jobs.Count == 0)
            faults.Add(workflow.Line, "the workflow has no jobs; declare one");
        RequireOrder(source);
        return source;
    }

    private YamlNode Root(string text)
    {
        try
        {
            var stream = YamlText.Load(text);
            return stream.Documents is [var only] ? only.RootNode : throw new RehearsalException([$"{file}: {stream.Documents.Count} documents; a workflow is one"]);
        }
        catch (YamlException fault)
        {
            throw new RehearsalException([$"{file}:{fault.Start.Line}: this is no YAML: {fault.Message}"], fault);
        }
    }

    private Triggers ReadTriggers(YamlNode? on)
    {
        if (on is not YamlMappingNode)
            return new([.. on.Items().Select(item => item.Text() ?? "")], null, []);
        List<InputSource> inputs = [];
        foreach (var (name, _, value) in on.Find("workflow_dispatch").Find("inputs").Entries())
        {
            var input = new Mapping(value, $"input {name}", faults);
            inputs.Add(new(name, input.Plain("type") ?? "string", input.Plain("default"), input.Plain("required") == "true", input.Words("options")));
            input.Plain("description");
            input.Plain("deprecationMessage");
            input.RefuseOthers();
        }
        var branch = on.Find(Push).Find("branches").Items().Select(item => item.Text()).FirstOrDefault(name => name is not null && !name.AsSpan().ContainsAny(PatternSigns));
        return new([.. on.Entries().Select(entry => entry.Key)], branch, inputs);
    }

    private void RequireOrder(WorkflowSource source)
    {
        var ids = source.Jobs.Select(job => job.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var job in source.Jobs)
        {
            foreach (var missing in job.Needs.Where(need => !ids.Contains(need)))
                faults.Add(job.Line, $"job {job.Id} needs '{missing}', which is no job; there are {string.Join(", ", ids)}");
        }
        if (source.Jobs.All(job => job.Needs.All(ids.Contains)))
            RequireNoCircle(source);
    }

    private void RequireNoCircle(WorkflowSource source)
    {
        HashSet<string> done = [];
        while (source.Jobs.Where(job => !done.Contains(job.Id) && job.Needs.All(done.Contains)).Select(job => job.Id).ToList() is { Count: > 0 } next)
            done.UnionWith(next);
        if (source.Jobs.FirstOrDefault(job => !done.Contains(job.Id)) is { } stuck)
            faults.Add(stuck.Line, $"jobs need each other in a circle: {string.Join(", ", source.Jobs.Where(job => !done.Contains(job.Id)).Select(job => job.Id))}; take a need out");
    }
}
