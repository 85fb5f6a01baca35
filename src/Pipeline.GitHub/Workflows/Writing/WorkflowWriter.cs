using System.Globalization;

namespace Pipeline.GitHub.Workflows.Writing;

/// <summary>Writes a workflow that has been checked.</summary>
internal sealed class WorkflowWriter(Workflow workflow, string origin) : IDisposable
{
    private readonly YamlDraft yaml = new();

    public string Write()
    {
        yaml.Comment(origin);
        yaml.Comment(workflow.Purpose);
        yaml.Mapping(() =>
        {
            yaml.Text("name", workflow.Name);
            yaml.Mapping("on", WriteTriggers);
            yaml.EmptyMapping("permissions");
            if (workflow.Concurrency is { } concurrency)
                WriteConcurrency(concurrency);
            yaml.Mapping("jobs", () =>
            {
                foreach (var job in workflow.Jobs)
                {
                    yaml.Comment(job.Remark);
                    yaml.Mapping(job.Id, () => WriteJob(job));
                }
            });
        });
        return yaml.Finish();
    }

    public void Dispose() => yaml.Dispose();

    private void WriteTriggers()
    {
        WriteBranches("push", workflow.On.Push);
        WriteBranches("pull_request", workflow.On.PullRequest);
        if (workflow.On.MergeGroup)
            yaml.EmptyMapping("merge_group");
        if (workflow.On.Schedule.Count > 0)
            yaml.Sequence("schedule", workflow.On.Schedule, time => yaml.Mapping(() => yaml.Text("cron", time)));
        if (workflow.On.Manual is not { } manual)
            return;
        if (manual.Inputs.Count == 0)
            yaml.EmptyMapping("workflow_dispatch");
        else
            yaml.Mapping("workflow_dispatch", () => yaml.Mapping("inputs", () => WriteInputs(manual.Inputs)));
    }

    private void WriteBranches(string key, BranchTrigger? trigger)
    {
        if (trigger is { Branches.Count: > 0 })
            yaml.Mapping(key, () => yaml.Words("branches", trigger.Branches));
        else if (trigger is not null)
            yaml.EmptyMapping(key);
    }

    private void WriteInputs(IReadOnlyList<ManualInput> inputs)
    {
        foreach (var input in inputs)
        {
            yaml.Mapping(input.Name, () =>
            {
                yaml.Text("description", input.Description);
                yaml.Plain("required", Truth(input.IsRequired));
                if (input.Choices.Count > 0)
                {
                    yaml.Text("type", "choice");
                    yaml.Sequence("options", input.Choices, choice => yaml.Item(choice));
                }
                else
                {
                    yaml.Text("type", "string");
                }
                if (input.Default is { } preset)
                    yaml.Text("default", preset);
            });
        }
    }

    private void WriteConcurrency(Concurrency concurrency) => yaml.Mapping("concurrency", () =>
    {
        yaml.Text("group", concurrency.Group.ToString());
        yaml.Plain("cancel-in-progress", Truth(concurrency.Superseded == Superseded.IsCancelled));
        if (concurrency.Superseded == Superseded.Queues)
            yaml.Plain("queue", "max");
    });

    private void WriteJob(Job job)
    {
        if (job.Name is { } name)
            yaml.Text("name", name.ToString());
        if (job.Needs.Count > 0)
            yaml.Words("needs", job.Needs);
        if (job.If is { } condition)
            yaml.Text("if", condition.ToString());
        if (job.RunsOn.Labels is [var only])
            yaml.Text("runs-on", only.ToString());
        else
            yaml.Words("runs-on", job.RunsOn.Labels.Select(label => label.ToString()));
        yaml.Plain("timeout-minutes", job.TimeoutMinutes.ToString(CultureInfo.InvariantCulture));
        WritePermissions(job.Permissions);
        if (job.Environment is { } environment)
        {
            yaml.Mapping("environment", () =>
            {
                yaml.Text("name", environment.Name.ToString());
                if (environment.Url is { } url)
                    yaml.Text("url", url.ToString());
                else
                    yaml.Plain("deployment", Truth(false));
            });
        }
        if (job.Concurrency is { } concurrency)
            WriteConcurrency(concurrency);
        WriteMatrix(job.Matrix);
        WriteTexts("outputs", job.Outputs.Select(output => (output.Key, output.Value.ToString())));
        WriteTexts("env", job.Env.Select(variable => (variable.Key, variable.Value.ToString())));
        yaml.Sequence("steps", job.Steps, step => yaml.Mapping(() => WriteStep(step)));
    }

    private void WritePermissions(IReadOnlyList<Permission> permissions)
    {
        if (permissions.Count == 0)
        {
            yaml.EmptyMapping("permissions");
            return;
        }
        yaml.Mapping("permissions", () =>
        {
            foreach (var permission in permissions.OrderBy(permission => permission.Scope))
                yaml.Text(Words.Of(permission.Scope), permission.Access == PermissionAccess.Write ? "write" : "read", permission.Reason);
        });
    }

    private void WriteMatrix(IReadOnlyDictionary<string, IReadOnlyList<string>> matrix)
    {
        if (matrix.Count == 0)
            return;
        yaml.Mapping("strategy", () =>
        {
            yaml.Plain("fail-fast", Truth(false));
            yaml.Mapping("matrix", () =>
            {
                foreach (var (dimension, values) in matrix)
                    yaml.Words(dimension, values);
            });
        });
    }

    private void WriteStep(Step step)
    {
        if (step.Name is { } name)
            yaml.Text("name", name.ToString());
        if (step.Id is { } id)
            yaml.Text("id", id);
        if (step.If is { } condition)
            yaml.Text("if", condition.ToString());
        if (step is ActionStep action)
        {
            yaml.Text("uses", action.Action.ToString(), action.Action.Version);
            WriteTexts("with", action.With.Select(input => (input.Key, input.Value.ToString())));
        }
        else if (step is BuildStep build)
        {
            yaml.Text("run", build.Command.Text);
        }
        WriteTexts("env", step.Env.Select(variable => (variable.Key, variable.Value.ToString())));
    }

    private void WriteTexts(string key, IEnumerable<(string Name, string Value)> texts)
    {
        if (!texts.Any())
            return;
        yaml.Mapping(key, () =>
        {
            foreach (var (name, value) in texts)
                yaml.Text(name, value);
        });
    }

    private static string Truth(bool value) => value ? "true" : "false";
}
