using System.Diagnostics.CodeAnalysis;
using Cake.Core;
using Pipeline.Targets.Output;
using Pipeline.Targets.Reports;
using Pipeline.Targets.Scheduling;

namespace Pipeline.Targets.Running;

/// <summary>Runs one target of the graph: criteria, evidence, setup, work, error handling, teardown, record.</summary>
internal sealed class TargetRunner(
    RunState run, RunRecorder recorder, EvidenceDesk desk, Lifetime lifetime, ICakeContext cake, IExecutionStrategy strategy)
{
    private static readonly string[] NoNames = [];

    internal CakeReport Report { get; } = new();

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A failed target is a fact of the run: it is shown, recorded and decides the exit code.")]
    internal async Task<NodeOutcome> RunAsync(RunNode node)
    {
        var output = new TargetOutput(node.Name, run.Masker, () => run.Folders.Log(node.Name), run.Display.Show);
        run.Router.Current = output;
        run.Display.Start(output);
        var started = run.Time.GetTimestamp();
        var startedAt = run.Time.GetUtcNow();
        var findings = new TargetFindings();
        TargetOutcome outcome;
        string reason;
        Exception? thrown = null;
        try
        {
            (outcome, reason) = await StepsAsync(node, findings);
        }
        catch (Exception exception)
        {
            var cancelled = run.Cancellation.Run.IsCancellationRequested;
            if (!(cancelled && exception is OperationCanceledException))
                Describe(output, exception);
            (outcome, reason, thrown) = (cancelled ? TargetOutcome.Cancelled : TargetOutcome.Failed, exception.Message, exception);
        }

        output.Finish();
        var record = new TargetRecord(node.Name, outcome, run.Masker.Mask(reason))
        {
            Dependencies = node.Dependencies ?? NoNames,
            Description = node.Task.Description ?? "",
            StartedAt = startedAt,
            Duration = run.Time.GetElapsedTime(started),
            Exception = thrown,
            Log = output.Tail(),
            LogLines = output.LineCount,
            Measurements = findings.Measurements,
            Series = findings.Series,
            Attachments = findings.Attachments,
            Findings = findings.Reported,
            Parts = findings.Parts,
        };
        AddToReport(node.Task, record);
        recorder.Add(record);
        run.Display.Finish(output, record.Outcome, RunWords.Footer(record), run.Annotations?.Of(record) ?? []);
        return record.Outcome is TargetOutcome.Failed or TargetOutcome.Cancelled ? NodeOutcome.Failed : NodeOutcome.Passed;
    }

    internal void Never(RunNode node)
    {
        var reason = run.Cancellation.Run.IsCancellationRequested ? "the run was cancelled" : recorder.WhyNotReached(node);
        var record = new TargetRecord(node.Name, TargetOutcome.NotRun, reason)
        {
            StartedAt = run.Time.GetUtcNow(),
            Dependencies = node.Dependencies ?? NoNames,
            Description = node.Task.Description ?? "",
        };
        recorder.Add(record);
        run.Display.Pass(node.Name, TargetOutcome.NotRun, RunWords.Footer(record));
    }

    private async Task<(TargetOutcome Outcome, string Reason)> StepsAsync(RunNode node, TargetFindings findings)
    {
        run.Cancellation.Run.ThrowIfCancellationRequested();
        if (FailedCriterion(node) is { } criterion)
            return Skip(node, criterion);
        if (node.Target is not { } target)
            return await ExecuteAsync(node, "");
        var context = new TargetContext(node.Name, cake, run, findings, run.Cancellation.Run);
        target.BoundContext = context;
        var examination = await desk.ExamineAsync(target, context, run.Cancellation.Run);
        if (examination.Verdict.Holds)
        {
            desk.Accept(target, node.Name, examination);
            Summarize(target, findings);
            Skip(node, new(_ => false, examination.Verdict.Reason));
            return (TargetOutcome.UpToDate, examination.Verdict.Reason);
        }

        var started = run.Time.GetTimestamp();
        var ended = await ExecuteAsync(node, examination.Verdict.Reason);
        if (ended.Outcome == TargetOutcome.Succeeded)
        {
            desk.Record(target, node.Name, examination.Fingerprint, run.Time.GetElapsedTime(started));
            Summarize(target, findings);
        }

        return ended;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The work is done: a summary that cannot be told must not turn a deployment into a failed one.")]
    private void Summarize(PipelineTarget target, TargetFindings findings)
    {
        try
        {
            foreach (var part in target.SummaryOfResult())
                findings.Add(part);
        }
        catch (Exception exception)
        {
            run.Router.Error.Write($"warning: the result cannot be summarized: {exception.Message}\n");
        }
    }

    private CakeTaskCriteria? FailedCriterion(RunNode node)
    {
        foreach (var criterion in node.Task.Criterias)
        {
            if (criterion.Predicate(cake))
                continue;
            if (node.IsRequested)
            {
                throw new CakeException(string.IsNullOrWhiteSpace(criterion.Message)
                    ? $"Could not reach target '{node.Name}' since it was skipped due to a criteria."
                    : $"Could not reach target '{node.Name}' since it was skipped due to a criteria: {criterion.Message}.");
            }

            criterion.CausedSkippingOfTask = true;
            return criterion;
        }

        return null;
    }

    private (TargetOutcome Outcome, string Reason) Skip(RunNode node, CakeTaskCriteria criterion)
    {
        lifetime.TaskSetup(node.Task, skipped: true);
        strategy.Skip(node.Task, criterion);
        lifetime.TaskTeardown(node.Task, TimeSpan.Zero, skipped: true, thrown: null);
        return (TargetOutcome.Skipped, string.IsNullOrEmpty(criterion.Message) ? "its criteria do not hold" : criterion.Message);
    }

    private async Task<(TargetOutcome Outcome, string Reason)> ExecuteAsync(RunNode node, string reason)
    {
        var started = run.Time.GetTimestamp();
        lifetime.TaskSetup(node.Task, skipped: false);
        Exception? failure = null;
        try
        {
            await strategy.ExecuteAsync(node.Task, cake);
        }
        catch (Exception exception)
        {
            failure = exception;
            run.Cancellation.Current = CancellationToken.None;
            if (node.Task.ErrorReporter is { } reporter)
                await ReportAsync(reporter, exception);
            if (node.Task.ErrorHandler is not { } handler || run.Cancellation.Run.IsCancellationRequested)
                throw;
            await strategy.HandleErrorsAsync(handler, exception, cake);
        }
        finally
        {
            // What is done after a target may start processes although the run was cancelled: that is how it cleans up.
            run.Cancellation.Current = CancellationToken.None;
            if (node.Task.FinallyHandler is { } last)
                await strategy.InvokeFinallyAsync(last, cake);
            lifetime.TaskTeardown(node.Task, run.Time.GetElapsedTime(started), skipped: false, failure);
            if (node.Target is null)
                desk.Forget();
        }

        return failure is null ? (TargetOutcome.Succeeded, reason) : (TargetOutcome.Handled, $"failed, and its error was handled: {failure.Message}");
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "As with Cake, the failure that is being reported outweighs that of its reporter.")]
    private async Task ReportAsync(Func<Exception, Task> reporter, Exception exception)
    {
        try
        {
            await strategy.ReportErrorsAsync(reporter, exception);
        }
        catch (Exception failure)
        {
            run.Router.Error.Write($"the error reporter failed itself: {failure.Message}\n");
        }
    }

    private void Describe(TargetOutput output, Exception exception)
    {
        output.Error.Write($"Error: {exception.Message}\n");
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (!exception.Message.Contains(inner.Message, StringComparison.Ordinal))
                output.Error.Write($"  because: {inner.Message}\n");
        }

        if (FullDisk.Remedy(exception, run.Folders.State) is { } remedy)
            output.Error.Write($"  {remedy}\n");
        output.KeepInLog(exception.ToString());
    }

    private void AddToReport(CakeTask task, TargetRecord record)
    {
        lock (Report)
        {
            if (record.Outcome is TargetOutcome.Skipped or TargetOutcome.UpToDate)
                Report.AddSkipped(task.Name, record.Reason);
            else if (record.Outcome != TargetOutcome.Succeeded)
                Report.AddFailed(task.Name, record.Duration);
            else if (task.Actions.Count == 0 && task.DelayedActions.Count == 0)
                Report.AddDelegated(task.Name, record.Duration);
            else
                Report.Add(task.Name, CakeReportEntryCategory.Task, record.Duration);
        }
    }
}
