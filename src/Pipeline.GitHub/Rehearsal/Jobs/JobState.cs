using System.Text;
using Pipeline.GitHub.Rehearsal.Expressions;
using Pipeline.GitHub.Rehearsal.Expressions.Values;
using Pipeline.GitHub.Rehearsal.Files;
using Pipeline.GitHub.Rehearsal.Jobs.Facts;

namespace Pipeline.GitHub.Rehearsal.Jobs;

/// <summary>What changes from step to step of a job.</summary>
internal sealed class JobState
{
    private readonly JobPlan plan;
    private readonly List<StepResult> results = [];
    private readonly Dictionary<string, StepResult> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> paths = [];
    private readonly Dictionary<string, string> machine = MachineVariables.Read();
    private readonly Dictionary<string, string> variables;

    internal JobState(JobPlan plan, string mark)
    {
        this.plan = plan;
        variables = new(plan.Run.Variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)))
        {
            ["GITHUB_JOB"] = plan.Source.Id,
            ["GITHUB_EVENT_PATH"] = plan.Folders.WriteEvent(plan.Run.EventJson),
            ["GITHUB_WORKSPACE"] = plan.Folders.Workspace,
            ["RUNNER_ARCH"] = JobContexts.Architecture,
            ["RUNNER_ENVIRONMENT"] = "self-hosted",
            ["RUNNER_NAME"] = "rehearsal",
            ["RUNNER_OS"] = JobContexts.System,
            ["RUNNER_TEMP"] = plan.Folders.Temp,
            ["RUNNER_TOOL_CACHE"] = plan.Folders.Tools,
            [Processes.JobProcesses.Variable] = mark,
        };
    }

    internal RunStatus Status { get; set; } = RunStatus.Success;

    /// <summary>What workflow, job and earlier steps set.</summary>
    internal Dictionary<string, string> Env { get; } = new(StringComparer.Ordinal);

    internal StringBuilder Summary { get; } = new();

    internal IReadOnlyList<StepResult> Results => results;

    internal string Path => string.Join(':', [.. Enumerable.Reverse(paths), machine.GetValueOrDefault("PATH") ?? "/usr/bin:/bin"]);

    internal void AddPaths(IEnumerable<string> added) => paths.AddRange(added);

    internal void Add(string? id, StepResult result)
    {
        results.Add(result);
        if (id is not null)
            byId[id] = result;
    }

    /// <summary>The whole environment of a step's process.</summary>
    internal Dictionary<string, string> EnvironmentOf(string action, IReadOnlyDictionary<string, string> env, IReadOnlyDictionary<string, string> files)
    {
        var all = new Dictionary<string, string>(machine, StringComparer.Ordinal) { ["CI"] = "true" };
        foreach (var (name, value) in env.Concat(variables).Concat(files))
            all[name] = value;
        all["GITHUB_ACTION"] = action;
        all["PATH"] = env.TryGetValue("PATH", out var path) ? path : Path;
        return all;
    }

    /// <summary>What an expression of a step reads.</summary>
    internal Surroundings Surround(string action, IReadOnlyDictionary<string, string> env) => new()
    {
        Status = Status,
        HashFiles = patterns => FileHash.Of(plan.Folders.Workspace, patterns),
        Contexts = new Dictionary<string, Value>(plan.Before.Contexts)
        {
            ["github"] = JobContexts.GitHub(
                plan.Run, ("job", plan.Source.Id), ("action", action), ("token", plan.Token), ("workspace", plan.Folders.Workspace), ("event_path", variables["GITHUB_EVENT_PATH"])),
            ["env"] = ObjectValue.Of(env),
            ["job"] = ObjectValue.Of(("status", Value.Of(Word(Status)))),
            ["runner"] = ObjectValue.Of(variables.Where(variable => variable.Key.StartsWith("RUNNER_", StringComparison.Ordinal) && variable.Key != Processes.JobProcesses.Variable)
                .Select(variable => (variable.Key["RUNNER_".Length..].ToLowerInvariant(), Value.Of(variable.Value)))),
            ["secrets"] = ObjectValue.Of(plan.Secrets),
            ["steps"] = ObjectValue.Of(byId.Select(step => (step.Key, (Value)ObjectValue.Of(
                ("outcome", Value.Of(step.Value.Outcome)), ("conclusion", Value.Of(step.Value.Conclusion)), ("outputs", ObjectValue.Of(step.Value.Outputs)))))),
        },
    };

    internal static string Word(RunStatus status) => status switch
    {
        RunStatus.Success => JobReport.Success,
        RunStatus.Failure => JobReport.Failure,
        RunStatus.Cancelled => JobReport.Cancelled,
        _ => JobReport.Skipped,
    };
}
