using Pipeline.GitHub.Rehearsal.Expressions;
using Pipeline.GitHub.Rehearsal.Jobs.Output;
using Pipeline.GitHub.Rehearsal.Jobs.Processes;

namespace Pipeline.GitHub.Rehearsal.Jobs;

/// <summary>Runs a job from its first step to its outputs, and leaves no process behind.</summary>
internal sealed class JobRun
{
    // What GitHub gives a job that does not say how long it may take.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(360);

    private readonly JobPlan plan;
    private readonly JobLog log;
    private readonly TimeProvider time;
    private readonly JobState state;
    private readonly JobProcesses processes;

    internal JobRun(JobPlan plan, JobLog log, TimeProvider time)
    {
        (this.plan, this.log, this.time) = (plan, log, time);
        processes = new($"github_{Guid.NewGuid()}", plan.Folders.Root, time);
        state = new(plan, processes.Mark);
    }

    internal async Task<JobReport> RunAsync(CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        using var limit = new CancellationTokenSource(plan.Source.TimeoutMinutes is { } minutes ? Minutes.Read(minutes, plan.Before) : Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            SetEnv();
            for (var number = 1; number <= plan.Source.Steps.Count; number++)
                await TakeStepAsync(number, state.Status == RunStatus.Cancelled ? cancellation : both.Token, cancellation);
            return Report(begun);
        }
        finally
        {
            plan.Store.WriteSummary(plan.Source.Id, log.Masks.Apply(state.Summary.ToString()));
            if (await processes.CleanUpAsync() is { Count: > 0 } left)
                log.Say($"ended what the job left running: {string.Join(", ", left)}");
        }
    }

    private void SetEnv()
    {
        var surroundings = state.Surround("", state.Env);
        foreach (var setting in plan.AllEnv)
            state.Env[setting.Name] = setting.Value.Text(surroundings);
    }

    private async Task TakeStepAsync(int number, CancellationToken ends, CancellationToken cancellation)
    {
        var step = plan.Source.Steps[number - 1];
        var result = await new StepRun(plan, state, log, processes, time).RunAsync(step, number, ends);
        cancellation.ThrowIfCancellationRequested();
        state.Add(step.Id, result);
        if (result.Conclusion == JobReport.Cancelled && state.Status != RunStatus.Cancelled)
        {
            state.Status = RunStatus.Cancelled;
            log.Annotate(new("error", $"{plan.Run.Workflow.File}:{plan.Source.Line}", $"the job took longer than its {plan.Source.TimeoutMinutes?.Source ?? "360"} minutes and was stopped"));
        }
        else if (result.Conclusion == JobReport.Failure && state.Status == RunStatus.Success)
        {
            state.Status = RunStatus.Failure;
        }
        var failed = result.Outcome == result.Conclusion ? "" : ", which is allowed to fail";
        log.Say($"  {result.Name}: {result.Outcome}{failed}{(result.Outcome == JobReport.Skipped ? "" : $" after {result.Duration.TotalSeconds:0.0} s")}");
    }

    private JobReport Report(long begun) => new(
        plan.Source.Id, JobState.Word(state.Status), time.GetElapsedTime(begun), [.. state.Results.Select(result => new StepReport(result.Name, result.Conclusion, result.Duration))])
    {
        Outputs = Outputs(),
    };

    private Dictionary<string, string> Outputs()
    {
        var surroundings = state.Surround("", state.Env);
        var outputs = plan.Source.Outputs.ToDictionary(output => output.Name, output => output.Value.Text(surroundings), StringComparer.OrdinalIgnoreCase);
        foreach (var hidden in outputs.Where(output => log.Masks.Hide(output.Value)))
            log.Annotate(new("warning", $"{plan.Run.Workflow.File}:{plan.Source.Line}", $"output {hidden.Key} holds a secret: no other job gets it"));
        return outputs.Where(output => output.Value.Length > 0 && !log.Masks.Hide(output.Value)).ToDictionary();
    }
}
