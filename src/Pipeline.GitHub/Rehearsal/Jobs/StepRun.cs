using System.ComponentModel;
using Pipeline.GitHub.Rehearsal.Actions;
using Pipeline.GitHub.Rehearsal.Expressions;
using Pipeline.GitHub.Rehearsal.Jobs.Output;
using Pipeline.GitHub.Rehearsal.Jobs.Processes;
using Pipeline.GitHub.Rehearsal.Reading;

namespace Pipeline.GitHub.Rehearsal.Jobs;

/// <summary>Runs one step.</summary>
internal sealed class StepRun(JobPlan plan, JobState state, JobLog log, JobProcesses processes, TimeProvider time)
{
    internal async Task<StepResult> RunAsync(StepSource step, int number, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        var action = step.Id ?? (step.Run is null ? $"__{step.Uses!.Name.Replace('/', '_')}" : "__run");
        var name = step.Uses is null ? $"Run {step.Run!.Source.Split('\n')[0]}" : $"Run {step.Uses.Name}";
        Dictionary<string, string> outputs = [];
        string outcome;
        try
        {
            if (!step.If.Holds(state.Surround(action, state.Env)))
                return Ended(JobReport.Skipped, JobReport.Skipped);
            cancellation.ThrowIfCancellationRequested();
            var env = Extend(step.Env, action);
            var surroundings = state.Surround(action, env);
            name = step.Name?.Text(surroundings) ?? (step.Uses is null ? $"Run {step.Run!.Text(surroundings).Split('\n')[0]}" : name);
            log.Say($"▸ {name}");
            using var limit = Limit(step.TimeoutMinutes, surroundings, cancellation);
            try
            {
                outputs = new(await DoAsync(step, number, action, env, surroundings, limit.Token), StringComparer.OrdinalIgnoreCase);
                outcome = JobReport.Success;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new ActionException($"the step took longer than its {step.TimeoutMinutes} minutes and was stopped");
            }
        }
        catch (OperationCanceledException)
        {
            outcome = JobReport.Cancelled;
        }
        catch (Exception fault) when (fault is ActionException or ExpressionException or FormatException or IOException or UnauthorizedAccessException or Win32Exception)
        {
            log.Annotate(new("error", $"{plan.Run.Workflow.File}:{step.Line}", fault.Message));
            outcome = JobReport.Failure;
        }
        return Ended(outcome, outcome == JobReport.Failure && Continues(step, action) ? JobReport.Success : outcome);

        StepResult Ended(string outcome, string conclusion) => new(name, outcome, conclusion, outputs, time.GetElapsedTime(begun));
    }

    private async Task<IReadOnlyDictionary<string, string>> DoAsync(
        StepSource step, int number, string action, Dictionary<string, string> env, Surroundings surroundings, CancellationToken cancellation)
    {
        var files = new CommandFiles(plan.Folders.Commands, number);
        var environment = state.EnvironmentOf(action, env, files.Variables);
        try
        {
            if (step.Uses is not null)
                return await ActAsync(step, environment, surroundings, cancellation);
            var commanded = await RunScriptAsync(step, environment, surroundings, cancellation);
            return files.ReadOutputs().Concat(commanded).DistinctBy(output => output.Key, StringComparer.OrdinalIgnoreCase).ToDictionary();
        }
        finally
        {
            TakeOver(files);
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> ActAsync(StepSource step, Dictionary<string, string> environment, Surroundings surroundings, CancellationToken cancellation)
    {
        var standIn = StandIns.Find(step.Uses!);
        log.Quote($"in place of {step.Uses!.Name}: {standIn.Instead}");
        var inputs = step.With.ToDictionary(input => input.Name, input => input.Value.Text(surroundings), StringComparer.OrdinalIgnoreCase);
        return await standIn.RunAsync(new(plan, log, inputs, environment, new(processes, time)), cancellation);
    }

    private async Task<IReadOnlyDictionary<string, string>> RunScriptAsync(StepSource step, Dictionary<string, string> environment, Surroundings surroundings, CancellationToken cancellation)
    {
        var defaults = plan.Source.Defaults;
        var shell = Shells.Find((step.Shell ?? defaults.Shell)?.Text(surroundings), environment["PATH"]);
        var folder = Path.GetFullPath((step.WorkingDirectory ?? defaults.WorkingDirectory)?.Text(surroundings) ?? ".", plan.Folders.Workspace);
        if (!Directory.Exists(folder))
            throw new ActionException($"working directory {folder} is not there; is there a checkout before this step?");
        var script = plan.Folders.WriteScript(shell.Finish(step.Run!.Text(surroundings)), shell.Extension);
        var commands = new WorkflowCommands(log);
        var exitCode = await new ScriptProcess(processes, time).RunAsync(shell.Program, shell.ArgumentsFor(script), folder, environment, commands.Take, cancellation);
        if (commands.Fault is { } fault)
            throw new ActionException(fault);
        if (exitCode != 0)
            throw new ActionException($"the script ended with exit code {exitCode}");
        return commands.Outputs;
    }

    private void TakeOver(CommandFiles files)
    {
        foreach (var (name, value) in files.ReadVariables())
            state.Env[name] = value;
        state.AddPaths(files.ReadPaths());
        state.Summary.Append(files.ReadSummary());
    }

    private Dictionary<string, string> Extend(IReadOnlyList<Setting> settings, string action)
    {
        var surroundings = state.Surround(action, state.Env);
        var env = new Dictionary<string, string>(state.Env, StringComparer.Ordinal);
        foreach (var setting in settings)
            env[setting.Name] = setting.Value.Text(surroundings);
        return env;
    }

    private bool Continues(StepSource step, string action) => step.ContinueOnError?.Evaluate(state.Surround(action, state.Env)).Holds == true;

    private CancellationTokenSource Limit(Template? minutes, Surroundings surroundings, CancellationToken cancellation)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (minutes is null)
            return limit;
        var timer = time.CreateTimer(_ => Expire(limit), null, Minutes.Read(minutes, surroundings), Timeout.InfiniteTimeSpan);
        limit.Token.UnsafeRegister(_ => timer.Dispose(), null);
        return limit;
    }

    private static void Expire(CancellationTokenSource limit)
    {
        try
        {
            limit.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The step ended in time.
            return;
        }
    }
}

/// <summary>How long something may take.</summary>
internal static class Minutes
{
    /// <exception cref="FormatException">It is no number of minutes.</exception>
    internal static TimeSpan Read(Template minutes, Surroundings surroundings)
    {
        var value = minutes.Evaluate(surroundings);
        return value.Number is > 0 and < 1e6 ? TimeSpan.FromMinutes(value.Number) : throw new FormatException($"timeout-minutes is '{value.Text}'; write a number of minutes above 0");
    }
}
